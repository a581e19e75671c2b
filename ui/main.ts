import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { pauseWhenHidden } from './api/live.js';
import { router } from './router.js';
import { useSession } from './stores/session.js';
import './theme/tokens.css';
import { vuetify } from './theme/vuetify.js';
import './theme/base.css';

const app = createApp(App);
app.use(createPinia());
app.use(PiniaColada, { queryOptions: { staleTime: 2_000, gcTime: 120_000 } });
useSession().begin();
app.use(router);
app.use(vuetify);
app.mount('#app');
pauseWhenHidden();
