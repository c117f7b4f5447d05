/** Why a start or a command was refused; its message is printed for the operator. */
export class Refusal extends Error {}
