/**
 * Every way a run can fail, with its exit code and its meaning. The code is stable: scripts,
 * alarms and the runbook name it. `docs/faults.md` is generated from this table.
 */
export const FAULTS = {
  // Usage and configuration: nothing was asked of anybody yet.
  COMMAND_UNKNOWN: { exit: 2, meaning: 'There is no command of this name.' },
  FLAG_INVALID: { exit: 2, meaning: 'A flag is unknown, lacks its value, or has a wrong one.' },
  DATE_INVALID: { exit: 2, meaning: 'A date is no calendar day written YYYY-MM-DD.' },
  PERIOD_REVERSED: { exit: 2, meaning: 'The period ends before it begins.' },
  PERIOD_OPEN: { exit: 2, meaning: 'The period, with its grace, is not over yet.' },
  PERIOD_TOO_LONG: { exit: 2, meaning: 'The period has more days than a run may cover.' },
  ZONE_UNKNOWN: { exit: 2, meaning: 'The time zone is no IANA zone that this machine knows.' },
  CONFIG_UNREADABLE: { exit: 2, meaning: 'The configuration file is absent or no JSON.' },
  CONFIG_INVALID: { exit: 2, meaning: 'The configuration has an unknown key or a wrong value.' },
  ORGANIZATION_INVALID: { exit: 2, meaning: 'No organization id, or one the API cannot have.' },
  BASE_URL_INVALID: { exit: 2, meaning: 'The base URL is no http(s) address Tieout may use.' },
  KEY_MISSING: { exit: 2, meaning: 'No API key in the environment.' },
  FILTER_INVALID: { exit: 2, meaning: 'The filter holds what the grammar cannot carry safely.' },
  ID_INVALID: { exit: 2, meaning: 'An id cannot be asked for safely.' },
  // The API.
  KEY_REFUSED: { exit: 1, meaning: 'The API refused the key (401).' },
  PERMISSION_MISSING: { exit: 1, meaning: 'The key lacks an operation, or the address (403).' },
  ORGANIZATION_UNKNOWN: { exit: 1, meaning: 'The API does not know the organization (404).' },
  REQUEST_REFUSED: { exit: 1, meaning: 'The API refused the question itself (400, 422).' },
  REDIRECT_REFUSED: { exit: 1, meaning: 'The API pointed elsewhere; the key does not follow.' },
  HOST_UNREACHABLE: { exit: 1, meaning: 'No connection to the API, after every attempt.' },
  API_FAILING: {
    exit: 1,
    meaning: 'The API kept failing (5xx, cut answers), after every attempt.',
  },
  ANSWER_INVALID: { exit: 1, meaning: 'The API answered something that is no JSON array.' },
  ANSWER_INCOHERENT: { exit: 1, meaning: 'An answer contradicts the question or itself.' },
  THROTTLED: { exit: 1, meaning: 'The rate limit stayed closed longer than the run may wait.' },
  INCOMPLETE: { exit: 1, meaning: 'Rows received and rows counted differ, after every attempt.' },
  SECOND_TOO_DENSE: { exit: 1, meaning: 'One second holds more rows than the API will show.' },
  // The destination.
  DESTINATION_INVALID: { exit: 2, meaning: 'The destination is nothing Tieout can write to.' },
  DESTINATION_UNWRITABLE: { exit: 1, meaning: 'The destination cannot be written.' },
  DESTINATION_UNREADABLE: { exit: 1, meaning: 'The destination cannot be read.' },
  DESTINATION_FULL: { exit: 1, meaning: 'The destination has no room left.' },
  DESTINATION_DIFFERS: { exit: 1, meaning: 'It holds another environment or time zone.' },
  SNAPSHOT_EXISTS: { exit: 1, meaning: 'A manifest already stands at this key.' },
  SNAPSHOT_MISSING: { exit: 2, meaning: 'There is no snapshot where one was named.' },
  FILE_UNKNOWN: { exit: 2, meaning: 'The snapshot has no file of that name.' },
  SNAPSHOT_DAMAGED: { exit: 1, meaning: 'The bytes of a snapshot contradict its manifest.' },
  SNAPSHOTS_INCOMPARABLE: { exit: 2, meaning: 'Two snapshots are not of the same rows.' },
  SNAPSHOT_NEWER: { exit: 1, meaning: 'The snapshot was written by a newer Tieout.' },
  PART_DAMAGED: { exit: 1, meaning: 'A part read back contradicts its receipt.' },
  RUN_UNDERWAY: { exit: 1, meaning: 'Another run of the same period has not ended yet.' },
  RESUME_IMPOSSIBLE: { exit: 2, meaning: 'There is no unfinished run that can be taken up.' },
  // Accepting a discrepancy: nothing is written.
  DISCREPANCY_ID_INVALID: { exit: 2, meaning: 'What was named is no id of a discrepancy.' },
  DISCREPANCY_UNKNOWN: { exit: 2, meaning: 'No snapshot lists a discrepancy of this id.' },
  DISCREPANCY_RESOLVED: { exit: 2, meaning: 'The discrepancy is no longer true: none to accept.' },
  ACKNOWLEDGED_ALREADY: { exit: 2, meaning: 'It is accepted already, with the same figures.' },
  ACKNOWLEDGEMENT_MISSING: { exit: 2, meaning: 'No acceptance is in force to be taken back.' },
  // What the rules found; everything is written all the same.
  DISCREPANCIES_FOUND: { exit: 3, meaning: 'There are discrepancies at or above --fail-on.' },
  // The simulator.
  PORT_UNUSABLE: { exit: 2, meaning: 'The port cannot be listened on.' },
  WORLD_TOO_SMALL: { exit: 2, meaning: 'Too few simulated rows for the faults to plant.' },
  // On AWS.
  PAYLOAD_INVALID: { exit: 2, meaning: 'A function was invoked with what it does not know.' },
  SECRET_UNREADABLE: { exit: 2, meaning: 'The secret with the API key cannot be read.' },
  POSTPONED: { exit: 1, meaning: 'The run goes on later; on AWS only, and never its last word.' },
  WORKER_FAILED: { exit: 1, meaning: 'A function of the run died, more often than is borne.' },
  OPERATIONS_SPENT: { exit: 1, meaning: 'The run took more steps than one execution may.' },
  // Invoking what runs on AWS.
  FUNCTION_INVALID: { exit: 2, meaning: 'No function was named, or none that runs nights.' },
  FUNCTION_UNKNOWN: { exit: 2, meaning: 'AWS has no function, or no execution, of that name.' },
  EXECUTION_NAME_TAKEN: { exit: 2, meaning: 'That request was made before, for something else.' },
  EXECUTION_FAILED: { exit: 1, meaning: 'The run on AWS ended without a code of its own.' },
  REGION_MISSING: { exit: 2, meaning: 'Nothing says in which region of AWS to ask.' },
  CREDENTIALS_MISSING: { exit: 2, meaning: 'There are no AWS credentials.' },
  CREDENTIALS_REFUSED: { exit: 1, meaning: 'AWS refuses the credentials, or they have expired.' },
  ACCESS_DENIED: { exit: 1, meaning: 'AWS does not allow it to these credentials.' },
  AWS_FAILING: { exit: 1, meaning: 'AWS cannot be reached, or kept failing.' },
  // Our own.
  INTERRUPTED: { exit: 1, meaning: 'The run was told to stop.' },
  INTERNAL: { exit: 1, meaning: 'A defect of Tieout itself.' },
} as const satisfies Record<string, { readonly exit: 1 | 2 | 3; readonly meaning: string }>;

export type FaultCode = keyof typeof FAULTS;

/**
 * The one family of errors: thrown anywhere, caught at the edge only, where it prints one line.
 * `message` names the offending value, `remedy` says what to do; both are whole sentences.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly remedy: string;

  constructor(code: FaultCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }

  get exitCode(): 1 | 2 | 3 {
    return FAULTS[this.code].exit;
  }

  /** The line a person reads: code, what was wrong, what to do. */
  get line(): string {
    return `${this.code}: ${this.message} ${this.remedy}`;
  }
}
