"""A document of every format that `tests.issuing` does not issue, unsigned, with something in each corner."""

from __future__ import annotations

from tests.issuing_keys import Json

SKILL = "http://data.europa.eu/esco/skill/6d8b5f2c-0000-4000-8000-000000000001"
VCDM1 = "https://www.w3.org/2018/credentials/v1"
HASH = "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592"
TREE = {"targetHash": HASH, "merkleRoot": HASH, "proof": [{"left": HASH}, {"right": HASH}]}

BADGE_2: Json = {
    "@context": "https://w3id.org/openbadges/v2",
    "id": "https://college.example/assertions/1",
    "type": "Assertion",
    "recipient": {"type": "email", "hashed": True, "salt": "s", "identity": f"sha256${HASH}"},
    "badge": {
        "id": "https://college.example/badges/1",
        "type": "BadgeClass",
        "name": "Statistics",
        "description": "Estimates and tests.",
        "criteria": {"narrative": "Passes an examination."},
        "issuer": {
            "id": "https://college.example/issuer",
            "type": "Profile",
            "name": "Example College",
            "verification": {"allowedOrigins": "college.example", "startsWith": "https://college.example/"},
        },
        "tags": ["statistics"],
        "alignment": [{"targetName": "statistics", "targetUrl": SKILL, "targetCode": "S1"}],
        "extensions:EQF": {"@context": "https://college.example/x", "type": ["Extension"], "eqf": 6},
    },
    "verification": {"type": "hosted"},
    "issuedOn": "2026-06-30T00:00:00Z",
    "expires": "2031-06-30T00:00:00Z",
    "evidence": [{"id": "https://college.example/evidence", "narrative": "A thesis."}],
}
BADGE_1: Json = {
    "uid": "a-1",
    "recipient": {"type": "email", "hashed": True, "salt": "s", "identity": f"sha256${HASH}"},
    "badge": "https://college.example/badges/1",
    "verify": {"type": "hosted", "url": "https://college.example/assertions/1"},
    "issuedOn": 1_467_936_000,
    "image": "https://college.example/1.png",
}
BADGE_05: Json = {
    "recipient": f"sha256${HASH}",
    "salt": "s",
    "issued_on": "2012-06-01",
    "badge": {
        "version": "0.5.0",
        "name": "Statistics",
        "description": "Estimates and tests.",
        "image": "/1.png",
        "criteria": "/1.html",
        "issuer": {"origin": "https://college.example", "name": "Example College"},
    },
}
BLOCKCERT_2: Json = BADGE_2 | {
    "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2"],
    "recipientProfile": {"name": "Ada", "publicKey": "ecdsa-koblitz-pubkey:1Ada"},
    "signature": TREE
    | {
        "type": ["MerkleProof2017", "Extension"],
        "anchors": [{"sourceId": "a1", "type": "BTCOpReturn", "chain": "bitcoinMainnet"}],
    },
}
BLOCKCERT_3: Json = {
    "@context": [VCDM1, "https://w3id.org/blockcerts/v3"],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "BlockcertsCredential"],
    "issuer": "did:web:college.example",
    "issuanceDate": "2026-06-30T00:00:00Z",
    "credentialSubject": {"id": "did:example:1", "claim": {"type": "Award", "name": "Statistics"}},
    "proof": {
        "type": "MerkleProof2019",
        "created": "2026-06-30T00:00:00Z",
        "proofValue": "z4zLsNC9",
        "proofPurpose": "assertionMethod",
        "verificationMethod": "did:web:college.example#key-1",
    },
}
ATTESTATION_2: Json = {
    "version": "https://schema.openattestation.com/2.0/schema.json",
    "data": {
        "id": "b9b6a3b4-0001-4000-8000-000000000001:string:1",
        "name": "b9b6a3b4-0002-4000-8000-000000000001:string:Statistics",
        "issuers": [
            {
                "name": "b9b6a3b4-0003-4000-8000-000000000001:string:Example College",
                "documentStore": "b9b6a3b4-0004-4000-8000-000000000001:string:0x9b0c",
                "identityProof": {"type": "x:string:DNS-TXT", "location": "x:string:college.example"},
            }
        ],
        "recipient": {"name": "b9b6a3b4-0005-4000-8000-000000000001:string:Ada"},
        "transcript": [{"name": "x:string:Estimation", "grade": "x:number:6"}],
        "issuedOn": "x:string:2026-06-30T00:00:00Z",
    },
    "signature": TREE | {"type": "SHA3MerkleProof", "proof": [HASH]},
    "privacy": {"obfuscatedData": [HASH]},
}
ATTESTATION_3: Json = {
    "@context": [VCDM1],
    "type": ["VerifiableCredential", "OpenAttestationCredential"],
    "issuer": "https://college.example",
    "issuanceDate": "2026-06-30T00:00:00Z",
    "credentialSubject": {"id": "did:example:1"},
    "openAttestationMetadata": {"proof": {"method": "DID"}, "identityProof": {"type": "DNS-DID"}},
    "proof": TREE | {"type": "OpenAttestationMerkleProofSignature2018", "proofPurpose": "assertionMethod"},
}
EUROPASS: Json = {
    "@context": ["http://data.europa.eu/snb/model/context/edc-ap"],
    "id": "urn:credential:1",
    "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    "issuer": {"id": "urn:epass:org:1", "type": "Organisation", "legalName": {"en": "Example College"}},
    "issuanceDate": "2026-06-30T00:00:00Z",
    "validFrom": "2026-06-30T00:00:00Z",
    "credentialSubject": {
        "id": "urn:epass:person:1",
        "type": "Person",
        "fullName": {"en": "Ada"},
        "contactPoint": [{"emailAddress": [{"id": "mailto:ada@example.org"}]}],
        "hasClaim": [
            {
                "id": "urn:epass:learningAchievement:1",
                "type": "LearningAchievement",
                "title": {"en": "Statistics"},
                "provenBy": [{"type": "LearningAssessment", "grade": {"noteLiteral": {"en": "A"}}}],
                "specifiedBy": {
                    "type": "Qualification",
                    "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6"},
                    "learningOutcome": [
                        {
                            "title": {"en": "statistics"},
                            "relatedESCOSkill": [{"id": SKILL, "type": "Concept"}],
                        }
                    ],
                },
                "hasPart": [{"type": "LearningAchievement", "title": {"en": "Estimation"}}],
            }
        ],
    },
    "displayParameter": {"title": {"en": "Diploma"}, "primaryLanguage": {"id": "en"}},
}
DIPLOMA: Json = {
    "@context": [VCDM1],
    "id": "urn:uuid:2",
    "type": ["VerifiableCredential", "VerifiableAttestation", "VerifiableDiploma"],
    "issuer": "did:ebsi:zZeKyEJfUTGwajhNyNX928z",
    "issuanceDate": "2026-06-30T00:00:00Z",
    "issued": "2026-06-30T00:00:00Z",
    "validFrom": "2026-06-30T00:00:00Z",
    "credentialSubject": EUROPASS["credentialSubject"],
    "credentialSchema": {"id": "https://api.example/schemas/z1", "type": "FullJsonSchemaValidator2021"},
    "termsOfUse": {"id": "https://api.example/issuers/1/attributes/1", "type": "IssuanceCertificate"},
}
RECORD: Json = {
    "@context": [VCDM1],
    "type": ["VerifiableCredential", "LERRS"],
    "issuer": "did:web:college.example",
    "issuanceDate": "2026-06-30T00:00:00Z",
    "credentialSubject": {
        "type": "LERRSType",
        "person": {
            "name": {"formattedName": "Ada"},
            "communication": {"email": [{"address": "a@example.org"}]},
        },
        "skills": [{"name": "statistics", "yearsOfExperience": 3, "verifications": [{"proof": {}}]}],
        "employmentHistories": [
            {
                "organization": {"tradeName": "Mill"},
                "positionHistories": [{"title": "Analyst", "start": "2020-01", "end": "2024-02"}],
                "verifications": [BLOCKCERT_3],
            }
        ],
        "educationAndLearnings": [{"institution": "Example College", "programName": "Statistics"}],
    },
}
SHAPES = (
    *(BADGE_2, BADGE_1, BADGE_05, BLOCKCERT_2, BLOCKCERT_3, ATTESTATION_2, ATTESTATION_3),
    *(EUROPASS, DIPLOMA, RECORD),
)
