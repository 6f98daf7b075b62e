/** Pages beside the lab, in the order of their tabs. Stable, since links hang on them. */
export const WORKSPACES = ['experiments', 'myths', 'compare', 'guide', 'attacker', 'perform', 'recall'] as const;
export type WorkspaceName = (typeof WORKSPACES)[number];

/** What an address says besides the name of the page. Unchecked: each page reads its own, and falls back. */
export type WorkspaceParams = Readonly<Record<string, string>>;

/** Where the page is, when it is not the lab. */
export interface WorkspaceState {
  readonly name: WorkspaceName;
  readonly params: WorkspaceParams;
  /** Changes when the history gets a new entry. */
  readonly entry: number;
}
