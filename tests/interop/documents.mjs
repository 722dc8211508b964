// The documents that the implementations under test may see: our pinned contexts and did:key, nothing else.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';

export function documentLoader(folder) {
  const entries = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const files = new Map(entries.map(entry => [entry.url, join(folder, entry.file)]));
  return async url => {
    if(url.startsWith('did:key:')) {
      return {contextUrl: null, documentUrl: url, document: didKey(url)};
    }
    if(!files.has(url)) {
      throw new Error(`nobody pinned ${url}`);
    }
    const document = JSON.parse(readFileSync(files.get(url), 'utf8'));
    return {contextUrl: null, documentUrl: url, document, tag: 'static'};
  };
}

// The document of a did:key, or one of its verification methods (did:key §3.1).
function didKey(url) {
  const [did, fragment] = url.split('#');
  const multikey = did.slice('did:key:'.length);
  const method = {
    '@context': MULTIKEY, id: `${did}#${multikey}`, type: 'Multikey', controller: did,
    publicKeyMultibase: multikey
  };
  if(fragment) {
    return method;
  }
  return {
    '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY], id: did, verificationMethod: [method],
    assertionMethod: [method.id], authentication: [method.id]
  };
}

// Standard input as JSON in, one JSON object out: {name: what `work` answers, or {error}}.
export async function answer(work) {
  const given = JSON.parse(readFileSync(0, 'utf8'));
  const found = {};
  for(const task of given.tasks) {
    try {
      found[task.name] = await work(task, given);
    } catch(error) {
      found[task.name] = {error: `${error.stack ?? error}`};
    }
  }
  process.stdout.write(JSON.stringify(found));
}
