/** Shows what a person chooses at once. Choices stand in the address; without this script a button sends them. */
export const choicesScript = `
const choices = document.querySelector('form.choices');

function show(address) {
  history.replaceState(null, '', address);
  return refreshOrSay();
}

function showChoices() {
  const fields = [...new FormData(choices)].filter(([, value]) => value !== '');
  const sort = new URLSearchParams(location.search).get('sort');
  if (sort !== null) fields.push(['sort', sort]);
  return show(location.pathname + '?' + new URLSearchParams(fields));
}

if (choices) {
  choices.querySelector('button').hidden = true;
  let typing = 0;
  choices.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(showChoices, 250);
  });
  choices.addEventListener('submit', (event) => {
    event.preventDefault();
    showChoices();
  });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-soft]');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { search } = new URL(link.href);
  show(location.pathname + search);
});
`;
