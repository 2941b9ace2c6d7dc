// SPDX-License-Identifier: Apache-2.0
import { parseImage, runningImage } from './parseImage';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

describe('parseImage', () => {
  it.each([
    ['shop', { name: 'shop' }],
    ['shop:1.2', { name: 'shop', tag: '1.2' }],
    ['localhost:5000/team/shop', { name: 'localhost:5000/team/shop' }],
    [
      `localhost:5000/team/shop:1.2@${A}`,
      { name: 'localhost:5000/team/shop', tag: '1.2', digest: A },
    ],
    [`docker-pullable://team/shop@${A}`, { name: 'team/shop', digest: A }],
    [A, { name: '', digest: A }],
    ['', { name: '' }],
    ['shop@sha256:short', { name: 'shop' }],
  ])('takes %s apart', (reference, parts) => {
    expect(parseImage(reference)).toEqual(parts);
  });
});

describe('runningImage', () => {
  it('believes the digest of the specification first', () => {
    expect(
      runningImage({
        specImage: `shop@${A}`,
        imageId: `docker.io/library/shop@${B}`,
      }),
    ).toEqual({ name: 'shop', digest: A });
  });

  it('takes the digest of the node for a tag, and the name of the specification', () => {
    expect(
      runningImage({
        specImage: 'shop:1',
        imageId: `docker.io/library/shop@${B}`,
      }),
    ).toEqual({ name: 'shop', tag: '1', digest: B });
  });

  it('knows no digest while the image is pulled', () => {
    expect(runningImage({ specImage: 'shop:1', imageId: '' })).toEqual({
      name: 'shop',
      tag: '1',
    });
  });

  it.each([B, `docker://${B}`])(
    'does not take the id of a configuration, %s, for the digest of an image',
    imageId => {
      expect(runningImage({ specImage: 'shop:1', imageId })).toEqual({
        name: 'shop',
        tag: '1',
      });
    },
  );
});
