import { shallowRef } from 'vue';

export interface Question {
  title: string;
  /** What happens, and what it reaches. */
  text: string;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** A second choice that may go with the act. */
  option?: { label: string; value: boolean };
}

export interface Reply {
  agreed: boolean;
  option: boolean;
}

const open = shallowRef<{ question: Question; answer: (reply: Reply) => void } | null>(null);

/** One question at a time; the host in App.vue shows it. */
export function useConfirm(): (question: Question) => Promise<Reply> {
  return (question) =>
    new Promise((resolve) => {
      open.value?.answer({ agreed: false, option: false });
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
