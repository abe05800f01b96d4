import { defineConfig } from 'rolecall';
import { chargedOnce, orders } from './orders.ts';

export default defineConfig({ protocols: [orders], properties: [chargedOnce] });
