"""Other people's forms: FHIR R4 Questionnaires, read, asked, and written as QuestionnaireResponses.

Source: FHIR R4 (4.0.1), Questionnaire and QuestionnaireResponse; Structured Data Capture 3.0 for its extensions. Where
R4's wording is a known mistake, R5's is taken; `docs/forms.md` says where.
"""
