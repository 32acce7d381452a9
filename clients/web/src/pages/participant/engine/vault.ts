// SPDX-License-Identifier: Apache-2.0
// What is kept on the device until the server has it: records sealed with AES-GCM under a key that no
// script can read out, both in IndexedDB. Reading the disk shows neither answers nor whose they are.
// Where the browser has no vault (plain http from another machine, storage refused), records live as
// long as the page.

const DATABASE = "reprise.participant";
const KEYS = "keys";
const SEALED = "sealed";
const KEY_NAME = "answers";

export interface Vault {
  // Whether records outlive the page.
  readonly lasting: boolean;
  read(name: string): Promise<unknown>;
  write(name: string, record: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  // Everything, the key too.
  wipe(): Promise<void>;
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("storage failed"));
  });
}

// Resolves once the change is on the disk, as far as the browser says.
function settled(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("storage failed"));
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEYS);
    request.result.createObjectStore(SEALED);
  };
  return done(request);
}

class DeviceVault implements Vault {
  readonly lasting = true;
  private key: Promise<CryptoKey> | undefined;

  constructor(private readonly database: IDBDatabase) {}

  async read(name: string): Promise<unknown> {
    const sealed = (await done(this.database.transaction(SEALED).objectStore(SEALED).get(name))) as Sealed | undefined;
    if (sealed === undefined) return undefined;
    try {
      const plain = await crypto.subtle.decrypt(this.how(name, sealed.iv), await this.ownKey(), sealed.data);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      // Sealed under a key that is gone: nobody can read it any more.
      await this.remove(name);
      return undefined;
    }
  }

  async write(name: string, record: unknown): Promise<void> {
    const key = await this.ownKey();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(this.how(name, iv), key, new TextEncoder().encode(JSON.stringify(record)));
    const transaction = this.database.transaction(SEALED, "readwrite", { durability: "strict" });
    transaction.objectStore(SEALED).put({ iv, data } satisfies Sealed, name);
    await settled(transaction);
  }

  async remove(name: string): Promise<void> {
    const transaction = this.database.transaction(SEALED, "readwrite");
    transaction.objectStore(SEALED).delete(name);
    await settled(transaction);
  }

  async wipe(): Promise<void> {
    this.key = undefined;
    const transaction = this.database.transaction([KEYS, SEALED], "readwrite");
    transaction.objectStore(KEYS).clear();
    transaction.objectStore(SEALED).clear();
    await settled(transaction);
  }

  // The name is bound to the record: one cannot be put in the place of another.
  private how(name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
  }

  private ownKey(): Promise<CryptoKey> {
    this.key ??= this.loadKey();
    return this.key;
  }

  private async loadKey(): Promise<CryptoKey> {
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const transaction = this.database.transaction(KEYS, "readwrite");
    const store = transaction.objectStore(KEYS);
    // Another page may have been first.
    const kept = (await done(store.get(KEY_NAME))) as CryptoKey | undefined;
    if (kept === undefined) store.put(made, KEY_NAME);
    await settled(transaction);
    return kept ?? made;
  }
}

export class MemoryVault implements Vault {
  readonly lasting = false;
  private readonly records = new Map<string, string>();

  async read(name: string): Promise<unknown> {
    const text = this.records.get(name);
    return text === undefined ? undefined : JSON.parse(text);
  }
  async write(name: string, record: unknown): Promise<void> {
    this.records.set(name, JSON.stringify(record));
  }
  async remove(name: string): Promise<void> {
    this.records.delete(name);
  }
  async wipe(): Promise<void> {
    this.records.clear();
  }
}

export async function openVault(): Promise<Vault> {
  // Only pages over https, or from this computer, may use the browser's cryptography.
  if (globalThis.crypto?.subtle === undefined || globalThis.indexedDB === undefined) return new MemoryVault();
  try {
    return new DeviceVault(await openDatabase());
  } catch {
    return new MemoryVault();
  }
}

let opened: Promise<Vault> | undefined;

// The vault of this device.
export function vault(): Promise<Vault> {
  opened ??= openVault();
  return opened;
}
