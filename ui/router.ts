import { createRouter, createWebHistory } from 'vue-router';
import { useSession } from './stores/session.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** The page's part of the window title. */
    title?: string;
    /** Reachable without a session. */
    open?: boolean;
    /** Which entry of the rail is lit. */
    area?: string;
  }
}

const device = () => import('./pages/device/DevicePage.vue');

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, from, saved) => saved ?? ((to.path === from.path ? undefined : { top: 0 }) as never),
  routes: [
    { path: '/', redirect: '/devices' },
    {
      path: '/sign-in',
      component: () => import('./pages/SignInPage.vue'),
      meta: { title: 'Sign in', open: true },
    },
    {
      path: '/devices',
      component: () => import('./pages/devices/InventoryPage.vue'),
      meta: { title: 'Devices', area: 'devices' },
    },
    {
      path: '/devices/:id/tasks/new',
      component: () => import('./pages/tasks/TaskEditorPage.vue'),
      meta: { title: 'New task', area: 'devices' },
      props: true,
    },
    {
      path: '/groups/:name/tasks/new',
      component: () => import('./pages/tasks/TaskEditorPage.vue'),
      meta: { title: 'New task', area: 'tasks' },
      props: true,
    },
    {
      path: '/devices/:id',
      component: device,
      props: true,
      meta: { area: 'devices' },
      children: [
        { path: '', redirect: (to) => ({ path: `${to.path.replace(/\/$/, '')}/dashboard` }) },
        {
          path: 'dashboard',
          component: () => import('./pages/device/DashboardTab.vue'),
          meta: { title: 'Dashboard' },
        },
        { path: 'tasks', component: () => import('./pages/device/TasksTab.vue'), meta: { title: 'Tasks' } },
        {
          path: 'actions',
          component: () => import('./pages/device/ActionsTab.vue'),
          meta: { title: 'Actions' },
        },
        {
          path: 'groups',
          component: () => import('./pages/device/GroupsTab.vue'),
          meta: { title: 'Groups and properties' },
        },
        {
          path: 'parameters',
          component: () => import('./pages/device/ParametersTab.vue'),
          meta: { title: 'Parameters' },
        },
        {
          path: 'connection',
          component: () => import('./pages/device/ConnectionTab.vue'),
          meta: { title: 'Connection' },
        },
        {
          path: 'sessions',
          component: () => import('./pages/device/SessionsTab.vue'),
          meta: { title: 'Sessions' },
        },
        {
          path: 'sessions/:session',
          component: () => import('./pages/device/SessionsTab.vue'),
          meta: { title: 'Session' },
        },
        {
          path: 'history',
          component: () => import('./pages/device/HistoryTab.vue'),
          meta: { title: 'History' },
        },
        { path: 'files', component: () => import('./pages/device/FilesTab.vue'), meta: { title: 'Files' } },
        {
          path: 'services',
          component: () => import('./pages/device/ServicesTab.vue'),
          meta: { title: 'Services' },
        },
      ],
    },
    {
      path: '/tasks',
      component: () => import('./pages/tasks/TasksPage.vue'),
      meta: { title: 'Tasks', area: 'tasks' },
    },
    {
      path: '/executions',
      component: () => import('./pages/tasks/ExecutionsPage.vue'),
      meta: { title: 'Executions', area: 'tasks' },
    },
    {
      path: '/rollouts',
      component: () => import('./pages/tasks/RolloutsPage.vue'),
      meta: { title: 'Rollouts', area: 'tasks' },
    },
    {
      path: '/campaigns',
      component: () => import('./pages/campaigns/CampaignsPage.vue'),
      meta: { title: 'Campaigns', area: 'tasks' },
    },
    {
      path: '/tasks/edition-log',
      component: () => import('./pages/tasks/EditionHistoryPage.vue'),
      meta: { title: 'Edition history', area: 'tasks' },
    },
    {
      path: '/groups/:name?',
      component: () => import('./pages/groups/GroupsPage.vue'),
      meta: { title: 'Groups', area: 'groups' },
      props: true,
    },
    {
      path: '/groups/:name/:tab(devices|tasks|profile|migrations|actions|services)',
      component: () => import('./pages/groups/GroupsPage.vue'),
      meta: { title: 'Group', area: 'groups' },
      props: true,
    },
    {
      path: '/library/transfer',
      component: () => import('./pages/library/TransferPage.vue'),
      meta: { title: 'Import and export', area: 'library' },
    },
    {
      path: '/library/services',
      component: () => import('./pages/library/ServicesPage.vue'),
      meta: { title: 'Services', area: 'library' },
    },
    {
      path: '/library/sandbox',
      component: () => import('./pages/library/SandboxPage.vue'),
      meta: { title: 'Sandbox', area: 'library' },
    },
    {
      path: '/library',
      redirect: '/library/templates',
    },
    {
      path: '/library/templates',
      component: () => import('./pages/templates/TemplatesPage.vue'),
      meta: { title: 'Templates', area: 'library' },
    },
    {
      path: '/library/templates/:template',
      component: () => import('./pages/templates/TemplatePage.vue'),
      meta: { title: 'Template', area: 'library' },
      props: true,
    },
    {
      path: '/library/schedules',
      component: () => import('./pages/library/SchedulesPage.vue'),
      meta: { title: 'Schedules', area: 'library' },
    },
    {
      path: '/tasks/:task/edit',
      component: () => import('./pages/tasks/TaskEditorPage.vue'),
      meta: { title: 'Edit task', area: 'tasks' },
      props: true,
    },
    {
      path: '/tasks/:task/advance',
      component: () => import('./pages/tasks/AdvancePage.vue'),
      meta: { title: 'Advance to group', area: 'tasks' },
      props: true,
    },
    {
      path: '/tasks/:task/rehearsal',
      component: () => import('./pages/tasks/RehearsalPage.vue'),
      meta: { title: 'Rehearsal', area: 'tasks' },
      props: true,
    },
    {
      path: '/tasks/:task/edition-log',
      component: () => import('./pages/tasks/EditionLogPage.vue'),
      meta: { title: 'Edition log', area: 'tasks' },
      props: true,
    },
    {
      path: '/tasks/:task/executions',
      component: () => import('./pages/tasks/ExecutionLogPage.vue'),
      meta: { title: 'Execution log', area: 'tasks' },
      props: true,
    },
    {
      path: '/files',
      alias: '/library/files',
      component: () => import('./pages/files/FilesPage.vue'),
      meta: { title: 'Files', area: 'library' },
    },
    {
      path: '/system',
      component: () => import('./pages/system/SystemPage.vue'),
      meta: { title: 'System', area: 'system' },
    },
    {
      path: '/:rest(.*)*',
      component: () => import('./pages/NotFoundPage.vue'),
      meta: { title: 'Not found' },
    },
  ],
});

router.beforeEach(async (to) => {
  const session = useSession();
  await session.ready().catch(() => undefined);
  if (to.meta.open === true || session.signedIn) return true;
  return { path: '/sign-in', query: to.fullPath === '/devices' ? {} : { to: to.fullPath } };
});

router.afterEach((to) => {
  const id = [to.params.id, to.params.name].find((one) => typeof one === 'string' && one !== '');
  document.title = [to.meta.title, id, 'Provost'].filter((part) => part).join(' · ');
});
