/**
 * Words by which a ticket about a password is known, anywhere in its text; shown with every file and editable.
 * "Reset" and "unlock" alone are not among them: tokens, phones and doors are reset and unlocked too.
 */
export const PASSWORD_WORDS: readonly string[] = [
  'password',
  'passwd',
  'passwort',
  'kennwort',
  'mot de passe',
  'contraseña',
  'senha',
  'palavra-passe',
  'wachtwoord',
  'lösenord',
  'adgangskode',
  'passord',
  'salasana',
  'hasło',
  'heslo',
  'jelszó',
  'parola',
  'şifre',
  'пароль',
  'パスワード',
  '密码',
  '密碼',
  '비밀번호',
];

/** Whether a text holds one of `words`, in any case and with or without accents. */
export function passwordMatcher(words: readonly string[]): (text: string) => boolean {
  const folded = words.map(fold).filter((word) => word !== '');
  return (text) => {
    const searched = fold(text);
    return folded.some((word) => searched.includes(word));
  };
}

function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what needs no folding
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
