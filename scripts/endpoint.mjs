// npm run endpoint [-- options]: builds the endpoint and runs it in this process, so that signals reach it.
import { pathToFileURL } from 'node:url';
import { buildEndpoint } from './buildEndpoint.mjs';

await import(pathToFileURL(await buildEndpoint()).href);
