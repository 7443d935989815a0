// The diagram as a picture: SVG as drawn, PNG twice as large.

function hand(name, blob) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

export function downloads(modeler, path) {
  const name = path.replace(/^.*\//, '').replace(/\.bpmn$/, '');
  const drawn = async () => (await modeler.saveSVG()).svg;
  return {
    svg: async () => hand(`${name}.svg`, new Blob([await drawn()], { type: 'image/svg+xml' })),
    png: async () => {
      const picture = new Image();
      picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await drawn())}`;
      await picture.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: picture.width * 2, height: picture.height * 2 });
      const brush = canvas.getContext('2d');
      brush.fillStyle = '#fff';
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => hand(`${name}.png`, blob));
    },
  };
}
