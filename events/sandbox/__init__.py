"""The sandbox: a stand-in for Scalev on a loopback port.

Purpose: answer what the console sends the way the published contract says Scalev would, misbehave on
request, and show what came in and which rule decided each answer.

May import: the standard library and its own modules.
Must not import: Django, requests, `scalev_console`, or any other room of `events`. The console's validator
and this judge are two independent witnesses of one contract; shared code would make both wrong together.
"""
