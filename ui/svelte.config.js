// What the Svelte compiler, svelte-check and the linter agree on.
export default { compilerOptions: { runes: true } };
