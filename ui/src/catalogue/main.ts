// Every component in its states, for those who build them; not part of the app.
import { mount } from 'svelte';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import Catalogue from './Catalogue.svelte';

const target = document.getElementById('app');
if (target) mount(Catalogue, { target });
