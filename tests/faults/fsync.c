/* Preloaded into a worker: while the file FSYNC_FAILS exists, no write reaches the disk for sure. */
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int synced(int number, int descriptor) {
  const char *flag = getenv("FSYNC_FAILS");
  if (flag && access(flag, F_OK) == 0) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(number, descriptor);
}

int fsync(int descriptor) { return synced(SYS_fsync, descriptor); }
int fdatasync(int descriptor) { return synced(SYS_fdatasync, descriptor); }
