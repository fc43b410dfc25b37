/** What came back is no answer of GitHub's; asking again would not help. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}
