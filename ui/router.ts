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
        { path: 'files', component: () => import('./pages/device/FilesTab.vue'), meta: { title: 'Files' } },
      ],
    },
    {
      path: '/tasks/:task/edit',
      component: () => import('./pages/tasks/TaskEditorPage.vue'),
      meta: { title: 'Edit task', area: 'devices' },
      props: true,
    },
    {
      path: '/tasks/:task/edition-log',
      component: () => import('./pages/tasks/EditionLogPage.vue'),
      meta: { title: 'Edition log', area: 'devices' },
      props: true,
    },
    {
      path: '/tasks/:task/executions',
      component: () => import('./pages/tasks/ExecutionLogPage.vue'),
      meta: { title: 'Execution log', area: 'devices' },
      props: true,
    },
    {
      path: '/files',
      component: () => import('./pages/files/FilesPage.vue'),
      meta: { title: 'Files', area: 'files' },
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
  const id = typeof to.params.id === 'string' ? to.params.id : null;
  document.title = [to.meta.title, id, 'Provost'].filter((part) => part).join(' · ');
});
