"""Where the elements of Annex I stand in ELM, Open Badges 3.0, edubadges and the EU learning credential."""

from __future__ import annotations

NAMES = {
    "1": "identification of the learner",
    "2": "title of the micro-credential",
    "3": "country or region of the issuer",
    "4": "awarding body",
    "5": "date of issuing",
    "6": "learning outcomes",
    "7": "notional workload",
    "8": "level and cycle, if applicable",
    "9": "type of assessment",
    "10": "form of participation",
    "11": "type of quality assurance",
    "o1": "prerequisites",
    "o2": "supervision and identity verification",
    "o3": "grade achieved",
    "o4": "integration and stackability",
    "o5": "further information",
}

CLAIM = "credentialSubject.hasClaim"
ELM: dict[str, tuple[str, ...]] = {
    "1": ("credentialSubject.fullName", "credentialSubject.familyName", "credentialSubject.dateOfBirth",
          "credentialSubject.nationalID", "credentialSubject.identifier"),
    "2": (f"{CLAIM}.title", f"{CLAIM}.specifiedBy.title"),
    "3": ("issuer.location.address.countryCode",
          f"{CLAIM}.awardedBy.awardingBody.location.address.countryCode",
          f"{CLAIM}.awardedBy.location.spatial"),
    "4": (f"{CLAIM}.awardedBy.awardingBody",),
    # `validFrom` is a start of validity: in ELM it dates no issuing
    "5": ("issuanceDate", "issued", f"{CLAIM}.awardedBy.awardingDate"),
    "6": (f"{CLAIM}.specifiedBy.learningOutcome",),
    "7": (f"{CLAIM}.specifiedBy.creditPoint", f"{CLAIM}.specifiedBy.volumeOfLearning",
          f"{CLAIM}.creditReceived", f"{CLAIM}.workload"),
    "8": (f"{CLAIM}.specifiedBy.eqfLevel", f"{CLAIM}.specifiedBy.nqfLevel"),
    "9": (f"{CLAIM}.provenBy.specifiedBy.dcType",),
    "10": (f"{CLAIM}.specifiedBy.mode", f"{CLAIM}.influencedBy.specifiedBy.mode"),
    "11": (f"{CLAIM}.awardedBy.awardingBody.accreditation", f"{CLAIM}.specifiedBy.accreditation"),
    "o1": (f"{CLAIM}.specifiedBy.entryRequirement",),
    "o2": (f"{CLAIM}.provenBy.idVerification",),
    "o3": (f"{CLAIM}.provenBy.grade",),
    "o4": (f"{CLAIM}.specifiedBy.isPartialQualification", f"{CLAIM}.hasPart", f"{CLAIM}.isPartOf",
           f"{CLAIM}.entitlesTo", f"{CLAIM}.specifiedBy.hasPart", f"{CLAIM}.specifiedBy.isPartOf"),
    "o5": (f"{CLAIM}.additionalNote", f"{CLAIM}.specifiedBy.additionalNote"),
}  # fmt: skip
ACHIEVEMENT = "credentialSubject.achievement"
OPEN_BADGE: dict[str, tuple[str, ...]] = {
    "1": ("credentialSubject.id", "credentialSubject.identifier.identityHash"),
    "2": (f"{ACHIEVEMENT}.name",),
    "3": ("issuer.address.addressCountry", "issuer.address.addressCountryCode"),
    "4": ("issuer.name", f"{ACHIEVEMENT}.creator", "issuer.id", "issuer"),
    "5": ("awardedDate", "issuanceDate", "validFrom"),
    "6": (),  # see _outcomes
    "7": (f"{ACHIEVEMENT}.ECTS", f"{ACHIEVEMENT}.SBU", f"{ACHIEVEMENT}.timeInvestment",
          "credentialSubject.creditsEarned", f"{ACHIEVEMENT}.creditsAvailable"),
    "8": (),  # see _eqf_alignment
    "9": (f"{ACHIEVEMENT}.assessmentType", f"{ACHIEVEMENT}.resultDescription",
          f"{ACHIEVEMENT}.criteria.narrative"),
    "10": (f"{ACHIEVEMENT}.participationType",),
    "11": ("endorsement", "endorsementJwt", f"{ACHIEVEMENT}.endorsement"),
    "o1": (),
    "o2": (f"{ACHIEVEMENT}.supervisionType", f"{ACHIEVEMENT}.identityChecked"),
    "o3": ("credentialSubject.result.value",),
    "o4": (),
    "o5": (f"{ACHIEVEMENT}.description",),
}  # fmt: skip
# The EU learning credential (an SD-JWT VC) has these elements as claims, and no place for the others.
WALLET: dict[str, tuple[str, ...]] = {
    "1": ("learner_identification", "family_name"), "2": ("achievement_title",), "3": ("issuing_country",),
    "4": ("issuing_authority",), "5": ("date_of_issuance",), "6": ("learning_outcomes",),
    "7": ("expected_study_time",), "8": ("level_of_learning_experience",),
    "11": ("types_of_quality_assurance",), "o1": ("prerequisites_to_enroll",), "o3": ("assessment_grade",),
    "o4": ("integration_stackability_options",), "o5": ("achievement_description",),
}  # fmt: skip
# What the value of an Open Badge leaves open is said beside it.
SAID = {
    "validFrom": "{0} (start of validity, not of issuing)",
    "creditsEarned": "{0} credits, unit unknown",
    "creditsAvailable": "{0} credits, unit unknown",
    "SBU": "{0} hours of study",
    "timeInvestment": "{0} hours",
    "ECTS": "{0} ECTS",
    "narrative": "in the words of the criteria: {0}",
    "identityChecked": "identity checked: {0}",
}
