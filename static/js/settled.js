// <form data-settled action="/…/">: the page that a sent form came back in stands at that form's own address from now
// on. A reload then asks for what was kept since, and sends nothing once more.
const form = document.querySelector("form[data-settled]");
if (form) history.replaceState(history.state, "", form.getAttribute("action") + location.hash);
