import 'vuetify/styles';
import { createVuetify } from 'vuetify';
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg';

const light = {
  background: '#F6F7F9',
  surface: '#FFFFFF',
  'surface-variant': '#EEF1F4',
  'on-surface-variant': '#16202B',
  primary: '#0B57A4',
  secondary: '#4A5764',
  success: '#1B6E35',
  warning: '#8A5200',
  error: '#B3261E',
  info: '#0A62B5',
  'on-background': '#16202B',
  'on-surface': '#16202B',
  'on-primary': '#FFFFFF',
  'on-error': '#FFFFFF',
};

const dark = {
  background: '#0F1419',
  surface: '#171D24',
  'surface-variant': '#0B0F14',
  'on-surface-variant': '#E6EBF0',
  primary: '#7DB7F5',
  secondary: '#B3BEC9',
  success: '#74CF8E',
  warning: '#F2B355',
  error: '#FF9A90',
  info: '#7DB7F5',
  'on-background': '#E6EBF0',
  'on-surface': '#E6EBF0',
  'on-primary': '#0F1419',
  'on-error': '#0F1419',
};

/** Text at full strength: the tokens carry the graded text colours, not opacities. */
const variables = {
  'high-emphasis-opacity': 1,
  'medium-emphasis-opacity': 0.85,
  'disabled-opacity': 0.5,
  'hover-opacity': 0.06,
  'border-opacity': 0.16,
};

const field = { variant: 'outlined', density: 'compact', hideDetails: 'auto', color: 'primary' } as const;

export const vuetify = createVuetify({
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  display: { mobileBreakpoint: 1024, thresholds: { sm: 600, md: 1024, lg: 1280, xl: 1600 } },
  theme: {
    defaultTheme: 'system',
    themes: {
      light: { dark: false, colors: light, variables },
      dark: { dark: true, colors: dark, variables },
    },
    variations: false,
    transition: false,
  },
  defaults: {
    global: { ripple: false },
    VBtn: { variant: 'outlined', density: 'comfortable' },
    VTextField: field,
    VTextarea: field,
    VSelect: field,
    VCombobox: field,
    VAutocomplete: field,
    VFileInput: field,
    VCheckbox: { density: 'compact', hideDetails: true, color: 'primary' },
    VSwitch: { density: 'compact', hideDetails: true, color: 'primary', inset: true },
    VTooltip: { openDelay: 300, maxWidth: 420, location: 'top' },
    VMenu: { offset: 4 },
    VList: { density: 'compact' },
    VDialog: { maxWidth: 520 },
  },
});
