export const theForm = () => document.getElementById("filing-form");
