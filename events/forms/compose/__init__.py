"""The composer's form: text typed by a person, and the payload it stands for.

Purpose: keep everything that was typed, build the payload from it, and lay both out for the templates.

`fields` is data; `values` turns text into JSON values and back; `composition` is the state of the form; `building`
makes the payload; `drawing` lays the form out for the templates.

May import: Django's forms and translation, `events.domain`, `events.models`.
Must not import: `events.delivery`, `events.views`: forms clean, they do not send.
"""
