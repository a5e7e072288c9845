"""Reads what may follow `/spend`: one bid or several, with a boost, a link and a title, or a page copied from Upwork.

`several` is the way in. It cuts a message into lines, and `single` reads each of them.
"""
