"""A call as FHIR R4: a Bundle of the Questionnaire, the QuestionnaireResponse and the note."""
