// JWS by jose, SD-JWT VC by the Open Wallet Foundation: issue, present, verify.
import {compactVerify, importJWK, SignJWT} from 'jose';
import {createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify} from 'node:crypto';
import {answer} from './documents.mjs';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';

// RFC 7518 §3.4: an ECDSA signature is r and s side by side, not DER.
const digests = {ES256: 'sha256', ES384: 'sha384', EdDSA: null};
const signerOf = (jwk, alg) => async data => {
  const key = {key: createPrivateKey({key: jwk, format: 'jwk'}), dsaEncoding: 'ieee-p1363'};
  return sign(digests[alg], Buffer.from(data), key).toString('base64url');
};
const verifierOf = (jwk, alg) => async (data, signature) => {
  const key = {key: createPublicKey({key: jwk, format: 'jwk'}), dsaEncoding: 'ieee-p1363'};
  return verify(digests[alg], Buffer.from(data), key, Buffer.from(signature, 'base64url'));
};
const hasher = (data, alg) => createHash(alg.replace('-', '')).update(data).digest();
const saltGenerator = size => randomBytes(size).toString('base64url');

function holderOf({holder}) {
  return holder ? {kbSigner: signerOf(holder, 'ES256'), kbSignAlg: 'ES256'} : {};
}

const WORK = {
  async jwt({payload, header, key}) {
    return new SignJWT(payload).setProtectedHeader(header).sign(await importJWK(key, header.alg));
  },
  async verifyJwt({token, key, alg}) {
    const {payload} = await compactVerify(token, await importJWK(key, alg), {algorithms: [alg]});
    return {verified: true, claims: JSON.parse(Buffer.from(payload).toString())};
  },
  async sdJwt({payload, header, key, frame, shown, binding, hashAlg, ...rest}) {
    const signer = signerOf(key, header.alg);
    const options = {signer, signAlg: header.alg, hasher, hashAlg, saltGenerator, ...holderOf(rest)};
    const library = new SDJwtVcInstance(options);
    const issued = await library.issue(payload, frame, {header});
    return library.present(issued, shown, binding ? {kb: {payload: binding}} : undefined);
  },
  async verifySdJwt({token, key, alg, holder, nonce, now}) {
    const kbVerifier = holder && verifierOf(holder, 'ES256');
    const library = new SDJwtVcInstance({verifier: verifierOf(key, alg), hasher, hashAlg: 'sha-256', kbVerifier});
    const {payload} = await library.verify(token, {keyBindingNonce: nonce, currentDate: now});
    return {verified: true, claims: payload};
  }
};

await answer(task => WORK[task.work](task));
