// Data Integrity by Digital Bazaar and by the Digital Credentials Consortium: issue, derive, present, verify.
import * as ecdsa from '@digitalbazaar/ecdsa-multikey';
import * as ecdsaJcs2019 from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as ed25519 from '@digitalbazaar/ed25519-multikey';
import * as eddsaJcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import * as vcDcc from '@digitalcredentials/vc';
import {answer, documentLoader} from './documents.mjs';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as eddsaRdfc2022Dcc} from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {DataIntegrityProof as DataIntegrityProofDcc} from '@digitalcredentials/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519Signature2020 as Ed25519Signature2020Dcc} from '@digitalcredentials/ed25519-signature-2020';
import {Ed25519VerificationKey2020 as Key2020} from '@digitalbazaar/ed25519-verification-key-2020';
import {Ed25519VerificationKey2020 as Key2020Dcc} from '@digitalcredentials/ed25519-verification-key-2020';

const plain = cryptosuite => ({sign: () => cryptosuite, verify: () => cryptosuite});
const made = library => ({
  sign: options => library.createSignCryptosuite(options), verify: () => library.createVerifyCryptosuite()
});
const SUITES = {
  'eddsa-rdfc-2022': plain(eddsaRdfc2022),
  'eddsa-jcs-2022': made(eddsaJcs2022),
  'ecdsa-rdfc-2019': plain(ecdsaRdfc2019),
  'ecdsa-jcs-2019': made(ecdsaJcs2019),
  'ecdsa-sd-2023': made(ecdsaSd2023)
};
const digitalBazaar = {
  vc, DataIntegrityProof, Ed25519Signature2020, Key2020, cryptosuite: name => SUITES[name]
};
const digitalCredentials = {
  vc: vcDcc, DataIntegrityProof: DataIntegrityProofDcc, Ed25519Signature2020: Ed25519Signature2020Dcc,
  Key2020: Key2020Dcc, cryptosuite: () => plain(eddsaRdfc2022Dcc)
};

async function signing(library, {suite, key, date, mandatory}) {
  if(suite === 'Ed25519Signature2020') {
    const pair = await library.Key2020.from({type: 'Ed25519VerificationKey2020', ...key});
    return new library.Ed25519Signature2020({key: pair, date});
  }
  const multikey = {'@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', ...key};
  const pair = await (suite.startsWith('ecdsa') ? ecdsa : ed25519).from(multikey);
  const cryptosuite = library.cryptosuite(suite).sign({mandatoryPointers: mandatory});
  return new library.DataIntegrityProof({signer: pair.signer(), date, cryptosuite});
}

function verifying(library, {suite}) {
  if(suite === 'Ed25519Signature2020') {
    return new library.Ed25519Signature2020();
  }
  return new library.DataIntegrityProof({cryptosuite: library.cryptosuite(suite).verify()});
}

async function derived(verifiableCredential, selective, documentLoader) {
  const cryptosuite = ecdsaSd2023.createDiscloseCryptosuite({selectivePointers: selective});
  const suite = new DataIntegrityProof({cryptosuite});
  return vc.derive({verifiableCredential, suite, documentLoader});
}

const WORK = {
  async issue(library, task, loader) {
    const suite = await signing(library, task);
    const credential = await library.vc.issue({credential: task.document, suite, documentLoader: loader});
    return task.selective ? derived(credential, task.selective, loader) : credential;
  },
  async present(library, task, loader) {
    const suite = await signing(library, task);
    const {document: presentation, challenge, domain} = task;
    return library.vc.signPresentation({presentation, suite, challenge, domain, documentLoader: loader});
  },
  async verify(library, task, loader) {
    const suite = verifying(library, task);
    const options = {suite, documentLoader: loader, now: task.now};
    const {verified, error} = await library.vc.verifyCredential({credential: task.document, ...options});
    return {verified, reason: error ? JSON.stringify(error.errors?.map(String) ?? String(error)) : ''};
  }
};

await answer((task, {contexts}) => {
  const library = task.library === 'digitalcredentials' ? digitalCredentials : digitalBazaar;
  return WORK[task.work](library, task, documentLoader(contexts));
});
