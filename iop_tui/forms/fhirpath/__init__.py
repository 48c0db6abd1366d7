"""Expressions of forms in FHIRPath: the closed part of the language that does here what fhirpathpy does.

`parse` turns a text into a typed tree or says which construct is not understood; `evaluate` works the tree out for the
answers of a form. What is in the closed part, and why the rest is not: `docs/forms.md`.
Source: FHIRPath 2.0.0 (N1); Structured Data Capture 3.0 for `%resource`, variables and `weight()`.
"""
