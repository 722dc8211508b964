// Status lists by Digital Bazaar (Bitstring) and by the Open Wallet Foundation (token): make them, read ours.
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import * as ed25519 from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';
import {answer, documentLoader} from './documents.mjs';
import {createHeaderAndPayload, StatusList} from '@sd-jwt/jwt-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {importJWK, SignJWT} from 'jose';

const WORK = {
  async bitstring({url, revoked, issuer, validFrom, key, date}, loader) {
    const list = await bitstring.createList({length: 131072});
    revoked.forEach(index => list.setStatus(index, true));
    const made = await bitstring.createCredential({id: url, list, statusPurpose: 'revocation'});
    const pair = await ed25519.from({'@context': 'https://w3id.org/security/multikey/v1', type: 'Multikey', ...key});
    const suite = new DataIntegrityProof({signer: pair.signer(), date, cryptosuite});
    return vc.issue({credential: {...made, issuer, validFrom}, suite, documentLoader: loader});
  },
  async token({url, values, bits, iat, header, key}) {
    const list = new StatusList(values, bits);
    const token = createHeaderAndPayload(list, {sub: url, iat}, {typ: 'statuslist+jwt', ...header});
    return new SignJWT(token.payload).setProtectedHeader(token.header).sign(await importJWK(key, header.alg));
  },
  async readBitstring({document, list}, loader) {
    const suite = new DataIntegrityProof({cryptosuite});
    const serving = async url => url === list.id ?
      {contextUrl: null, documentUrl: url, document: list} : loader(url);
    const checked = await bitstring.checkStatus({credential: document, documentLoader: serving, suite});
    return checked.error ? {error: String(checked.error)} : checked.results[0];
  }
};

await answer((task, {contexts}) => WORK[task.work](task, documentLoader(contexts)));
