/** Whose page it is. */
export const Product = () => (
  <p class="product">
    <svg class="logo" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect class="logo-legacy" x="1" y="4" width="12" height="5" rx="1.5" fill="#0b5cad" />
      <rect class="logo-contract" x="7" y="11" width="12" height="5" rx="1.5" fill="#a84300" />
    </svg>
    <strong>Cutover Parity</strong>
  </p>
);
