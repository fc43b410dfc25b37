/** How far a workload has come; what it says goes on after its name and a colon. */
export type Rollout =
  | {
      readonly is: 'done';
      readonly says: string;
      /** What a person should know all the same. */
      readonly remark?: string;
      /** There is no pod that would show whether it works. */
      readonly isVacuous?: true;
    }
  | { readonly is: 'waiting'; readonly says: string }
  | { readonly is: 'failed'; readonly says: string; readonly hint: string };
