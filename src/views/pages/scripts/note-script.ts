/** Saves the star and the note of a campaign when a person changes them. */
export const noteScript = `
const note = document.querySelector('form[data-note]');

async function saveNote() {
  const { star, text } = note.elements;
  const status = note.querySelector('[role=status]');
  try {
    const answer = await fetch(note.dataset.note, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ isStarred: star.checked, text: text.value }),
    });
    status.textContent = answer.ok ? 'saved' : await answer.text();
  } catch {
    status.textContent = 'The server does not answer. The note is not saved.';
  }
}

if (note) {
  note.addEventListener('change', saveNote);
  note.addEventListener('submit', (event) => event.preventDefault());
}
`;
