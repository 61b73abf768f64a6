/** How the process of a command ended. */
export type ProcessEnding =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly message: string }
  /** Nobody knows, since the process that started it has died. */
  | { readonly kind: 'lost'; readonly message: string };
