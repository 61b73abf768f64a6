import type { mountScreen } from './mount-screen.js';

/**
 * Loads the screen, which takes a moment that other views need not wait for. React is loaded as for production, unless
 * `NODE_ENV` says otherwise: for development it takes half as much again of a core, and notes down every redraw.
 */
export async function loadScreen(): Promise<typeof mountScreen> {
  process.env.NODE_ENV ??= 'production';
  return (await import('./mount-screen.js')).mountScreen;
}
