import { shallowRef } from 'vue';

export interface Question {
  title: string;
  /** What happens, and what it reaches. */
  text: string;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** What must be typed before the act is offered: the number that it reaches. */
  typed?: string;
  /** A second choice that may go with the act. */
  option?: { label: string; value: boolean };
  /** A whole number that goes with the act. */
  number?: { label: string; hint: string; value: number; min: number };
  /** Why, in words; `required`: the act is not offered without. */
  note?: { label: string; required: boolean };
}

export interface Reply {
  agreed: boolean;
  option: boolean;
  /** Null where none was asked for. */
  number: number | null;
  /** Empty where none was asked for. */
  note: string;
}

const open = shallowRef<{ question: Question; answer: (reply: Reply) => void } | null>(null);

/** One question at a time; the host in App.vue shows it. */
export function useConfirm(): (question: Question) => Promise<Reply> {
  return (question) =>
    new Promise((resolve) => {
      open.value?.answer({ agreed: false, option: false, number: null, note: '' });
      open.value = {
        question,
        answer(reply) {
          open.value = null;
          resolve(reply);
        },
      };
    });
}

export function useOpenQuestion() {
  return open;
}
