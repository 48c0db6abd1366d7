"""Asking a form: which items are enabled, what is answered, and which question is next.

`filling.py` is what the faces use. `plan.py` is a form prepared once; `layout.py` its places for the instances that
there are; `sheet.py` the answers and what is enabled by them; `compare.py` the operators of conditions; `allowed.py`
which answers a question takes; `parse.py` what a person types.
"""
