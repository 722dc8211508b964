// bbs-2023 by Digital Bazaar: issue a base proof, derive what its holder shows, and verify.
import * as bbs2023 from '@digitalbazaar/bbs-2023-cryptosuite';
import * as bls12381 from '@digitalbazaar/bls12-381-multikey';
import * as vc from '@digitalbazaar/vc';
import {answer, documentLoader} from './documents.mjs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';

const bytes = text => new TextEncoder().encode(text);

async function issue({document, key, date, mandatory}, loader) {
  const pair = await bls12381.from({type: 'Multikey', ...key});
  const cryptosuite = bbs2023.createSignCryptosuite({mandatoryPointers: mandatory});
  const suite = new DataIntegrityProof({signer: pair.signer(), date, cryptosuite});
  return vc.issue({credential: document, suite, documentLoader: loader});
}

async function derive(verifiableCredential, {selective, presentationHeader}, loader) {
  const cryptosuite = bbs2023.createDiscloseCryptosuite({
    selectivePointers: selective, presentationHeader: bytes(presentationHeader)
  });
  return vc.derive({verifiableCredential, suite: new DataIntegrityProof({cryptosuite}), documentLoader: loader});
}

async function verify(credential, {now}, loader) {
  const suite = new DataIntegrityProof({cryptosuite: bbs2023.createVerifyCryptosuite()});
  const {verified} = await vc.verifyCredential({credential, suite, now, documentLoader: loader});
  return verified;
}

await answer(async (task, {contexts}) => {
  const loader = documentLoader(contexts);
  const issued = await issue(task, loader);
  const shown = await derive(issued, task, loader);
  return {issued, shown, verified: await verify(shown, task, loader)};
});
