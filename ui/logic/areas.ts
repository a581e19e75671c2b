/** The pages below an entry of the rail. */
export const TASK_PAGES = [
  { title: 'All tasks', to: '/tasks' },
  { title: 'Rollouts', to: '/rollouts' },
  { title: 'Campaigns', to: '/campaigns' },
  { title: 'Executions', to: '/executions' },
  { title: 'Edition history', to: '/tasks/edition-log' },
];
export const LIBRARY_PAGES = [
  { title: 'Templates', to: '/library/templates' },
  { title: 'Schedules', to: '/library/schedules' },
  { title: 'Services', to: '/library/services' },
  { title: 'Files', to: '/files' },
  { title: 'Sandbox', to: '/library/sandbox' },
  { title: 'Import and export', to: '/library/transfer' },
];
