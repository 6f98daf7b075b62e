/** Hosts the engine off the main thread, so that the screen never freezes (WebCrypto runs on its caller's thread). */
import { LabHost } from './labHost.ts';
import type { LabRequest } from './protocol.ts';
import { transfersOf } from './takeAway.ts';

declare const self: DedicatedWorkerGlobalScope;

const host = new LabHost(reply => self.postMessage(reply, transfersOf(reply)));
self.addEventListener('message', (event: MessageEvent<LabRequest>) => {
  void host.receive(event.data);
});
