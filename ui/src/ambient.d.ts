declare module 'virtual:icons' {
  const shapes: Record<string, [tag: string, attributes: Record<string, string>][]>;
  export default shapes;
}
