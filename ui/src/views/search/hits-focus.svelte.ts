// A search was sent: the focus goes to its hits as soon as they are there.
let turn = $state(0);

export const hitsFocus = {
  get turn(): number {
    return turn;
  },
  ask(): void {
    turn += 1;
  },
};
