import { isoSeconds } from '../clock.ts';
import type { RandomSource } from '../random.ts';
import type { JsonObject } from '../trace/event.ts';
import { randomUuid } from './randomUuid.ts';

/** Who made the call, as the record names them. */
export interface RecordedCaller {
  readonly arn: string;
  readonly accountId: string;
  /** Absent for somebody who did not sign. */
  readonly accessKeyId?: string;
}

/** What every record tells. */
export interface RecordBasics {
  readonly random: RandomSource;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly region: string;
  /** The account in whose trail it is written. */
  readonly recipientAccountId: string;
  readonly caller: RecordedCaller;
  /** For example `GenerateDataKey`. */
  readonly eventName: string;
  readonly sourceIp: string;
  readonly userAgent?: string;
  /** Present for a refused call. */
  readonly error?: { readonly code: string; readonly message: string };
}

interface RecordDetails {
  readonly eventSource: 'kms.amazonaws.com' | 's3.amazonaws.com';
  readonly isManagementEvent: boolean;
  readonly isReadOnly: boolean;
  readonly requestParameters: JsonObject;
  readonly resources: readonly JsonObject[];
  /** A service that calls on the caller's behalf. */
  readonly invokedBy?: string;
  readonly additionalEventData?: JsonObject;
}

/** A CloudTrail-shaped record; ids are random and fictional (F-SIM-015). */
export function cloudTrailRecord(basics: RecordBasics, details: RecordDetails): JsonObject {
  const { caller, error } = basics;
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(caller, details.invokedBy),
    eventTime: isoSeconds(basics.time),
    eventSource: details.eventSource,
    eventName: basics.eventName,
    awsRegion: basics.region,
    sourceIPAddress: basics.sourceIp,
    userAgent: basics.userAgent ?? '-',
    ...(error === undefined ? {} : { errorCode: error.code, errorMessage: error.message }),
    requestParameters: details.requestParameters,
    responseElements: null,
    ...(details.additionalEventData === undefined ? {} : { additionalEventData: details.additionalEventData }),
    requestID: randomUuid(basics.random),
    eventID: randomUuid(basics.random),
    readOnly: details.isReadOnly,
    resources: details.resources,
    eventType: 'AwsApiCall',
    managementEvent: details.isManagementEvent,
    recipientAccountId: basics.recipientAccountId,
    eventCategory: details.isManagementEvent ? 'Management' : 'Data',
  };
}

function identityOf({ arn, accountId, accessKeyId }: RecordedCaller, invokedBy: string | undefined): JsonObject {
  if (accessKeyId === undefined) return { type: 'AWSAccount', principalId: '', accountId: 'anonymous' };
  const isRoot = arn.endsWith(':root');
  return {
    type: isRoot ? 'Root' : 'IAMUser',
    arn,
    accountId,
    accessKeyId,
    ...(isRoot ? {} : { userName: arn.split('/').at(-1) ?? '' }),
    ...(invokedBy === undefined ? {} : { invokedBy }),
  };
}
