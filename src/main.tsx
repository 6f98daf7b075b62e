import { start } from './view/app/start.tsx';

const container = document.getElementById('root');
if (container) start(container);
