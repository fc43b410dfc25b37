const LOGIN = /^[A-Za-z0-9_-]{1,100}$/;

/** What a person may be called on a forge; bots have names of another kind. */
export const isLogin = (text: string): boolean => LOGIN.test(text);

/** As names are compared: nobody may count twice for writing a name in two ways. */
export const loginKey = (login: string): string => login.toLowerCase();
