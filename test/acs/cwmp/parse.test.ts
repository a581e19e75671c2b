import { expect } from 'chai';
import fc from 'fast-check';
import type { CpeMessage, CwmpEnvelope } from '../../../acs/cwmp/soap/envelope.js';
import { build } from '../../../acs/cwmp/soap/build.js';
import { readDateTime } from '../../../acs/cwmp/soap/date-time.js';
import { MalformedEnvelopeError } from '../../../acs/cwmp/soap/malformed-envelope-error.js';
import { parse } from '../../../acs/cwmp/soap/parse.js';
import type { ParameterValue } from '../../../acs/cwmp/messages.js';
import { parameterValue } from './arbitraries.js';
import { envelope, inform, values } from './envelopes.js';

function read(xml: string | Buffer, contentType?: string): CwmpEnvelope {
  return parse(Buffer.from(xml), { contentType });
}

function codes(result: CwmpEnvelope): string[] {
  return result.warnings.map(({ code }) => code);
}

function valueOf(content: string): string | undefined {
  return parametersOf(read(values({ 'A.B': content })).message)[0]?.value;
}

function parametersOf(message: CpeMessage): ParameterValue[] {
  return message.kind === 'response' && message.response.method === 'GetParameterValues'
    ? message.response.parameters
    : [];
}

describe('reading CWMP envelopes', () => {
  it('gives back the values that were written, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(parameterValue, { maxLength: 8 }), (parameters) => {
        const sent = build(
          { kind: 'request', request: { method: 'SetParameterValues', parameters, parameterKey: '' } },
          { namespace: 'urn:dslforum-org:cwmp-1-2', id: 'x' },
        );
        const xml = sent
          .replace('<cwmp:SetParameterValues>', '<cwmp:GetParameterValuesResponse>')
          .replace('</cwmp:SetParameterValues>', '</cwmp:GetParameterValuesResponse>');
        const result = read(xml);
        // Line breaks around a string are taken for layout; everything else survives.
        const kept = (value: ParameterValue): boolean =>
          value.type !== 'string' || !/^\s|\s$/.test(value.value);
        expect(parametersOf(result.message).filter((_, index) => kept(parameters[index]!))).to.deep.equal(
          parameters.filter(kept),
        );
        expect(result.namespace).to.equal('urn:dslforum-org:cwmp-1-2');
        expect(result.id).to.equal('x');
      }),
    );
  });

  it('reads attributes, and leaves out or nulls what cannot be used', () => {
    const entry = (name: string, rest: string): string =>
      `<ParameterAttributeStruct><Name>${name}</Name>${rest}</ParameterAttributeStruct>`;
    const result = read(
      envelope(
        '<cwmp:GetParameterAttributesResponse><ParameterList>' +
          entry(
            'A.B',
            '<Notification>02</Notification><AccessList><string>Subscriber</string><string> X_00AABB_Shop </string></AccessList>',
          ) +
          entry('A.C', '<Notification>7</Notification><AccessList/>') +
          entry('A.D', '') +
          entry('', '<Notification>0</Notification>') +
          '</ParameterList></cwmp:GetParameterAttributesResponse>',
      ),
    );
    expect(result.message).to.deep.equal({
      kind: 'response',
      response: {
        method: 'GetParameterAttributes',
        parameters: [
          { name: 'A.B', notification: 2, accessList: ['Subscriber', 'X_00AABB_Shop'] },
          { name: 'A.C', notification: null, accessList: [] },
          { name: 'A.D', notification: null, accessList: [] },
        ],
      },
    });
    expect(codes(result)).to.deep.equal(['bad-number', 'missing-element', 'name-missing']);
  });

  it('throws nothing but MalformedEnvelopeError, whatever comes', () => {
    const tolerate = (bytes: Buffer): void => {
      try {
        parse(bytes);
      } catch (error) {
        expect(error).to.be.instanceOf(MalformedEnvelopeError);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => tolerate(Buffer.from(bytes))));
    const good = Buffer.from(inform());
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        fc.nat(6),
        (at, bytes, cut) => tolerate(Buffer.concat([good.subarray(0, at), bytes, good.subarray(at + cut)])),
      ),
      { numRuns: 2_000 },
    );
    const pieces = fc.constantFrom(
      '<a>',
      '</a>',
      '<a/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?x',
      '?>',
      '&',
      '&amp;',
      '&#0;',
      '<__proto__>',
      '</__proto__>',
      '<constructor/>',
      'x="',
      "'",
      '>',
      '<',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) =>
        tolerate(Buffer.from(envelope(parts.join('')))),
      ),
      { numRuns: 1_000 },
    );
  });

  it('keeps objects clean of names that mean something to JavaScript', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      try {
        const result = read(envelope(`<cwmp:Inform ${name}="1"><${name}>x</${name}></cwmp:Inform>`));
        expect(result.message.kind).to.equal('invalid');
      } catch (error) {
        expect(error).to.be.instanceOf(MalformedEnvelopeError);
      }
    }
    expect(({} as Record<string, unknown>).x).to.equal(undefined);
  });

  it('reads references, CDATA and comments; repairs ampersands; leaves unknown entities', () => {
    expect(valueOf('a&lt;b&#x41;&#66;&quot;')).to.equal('a<bAB"');
    expect(valueOf('<![CDATA[<a> & &amp; ]]>x<!-- no -->y')).to.equal('<a> & &amp; xy');
    expect(valueOf('http://x/?a=1&b=2&c')).to.equal('http://x/?a=1&b=2&c');
    expect(valueOf('&nbsp;&#2;!')).to.equal('&nbsp;!');
    expect(codes(read(values({ 'A.B': 'a & b & c <![CDATA[&]]>' })))).to.deep.equal(['bare-ampersand']);
    expect(codes(read(values({ 'A.B': '&nbsp;&#2;' })))).to.have.members([
      'unknown-entity',
      'bad-character-reference',
    ]);
  });

  for (const [what, xml] of [
    ['a DOCTYPE', `<!DOCTYPE x []>${inform().replace(/^<\?xml[^>]*>/, '')}`],
    ['an entity declaration', envelope('<!ENTITY a "b">')],
    ['a NUL in text', values({ 'A.B': 'a\0b' })],
    ['a NUL by reference', values({ 'A.B': 'a&#0;b' })],
    ['two roots', '<Envelope><Body/></Envelope><Envelope><Body/></Envelope>'],
    ['text before the root', `x${inform().replace(/^<\?xml[^>]*>/, '')}`],
    ['an open CDATA section', envelope('<![CDATA[ ')],
    ['an attribute without a value', envelope('<cwmp:Inform a></cwmp:Inform>')],
    ['an envelope without a body', '<Envelope><Header/></Envelope>'],
    ['no XML', '{"json": true}'],
    ['a million processing instructions', envelope('<?x?>'.repeat(800_000))],
    ['a million bare ampersands', values({ 'A.B': '&'.repeat(1_000_000) })],
    ['a tag of a megabyte', envelope(`<a b="${'x'.repeat(1_000_000)}"/>`)],
    ['thirty elements inside each other', envelope('<a>'.repeat(31) + '</a>'.repeat(31))],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(() => read(xml)).to.throw(MalformedEnvelopeError);
    });
  }

  it('cuts off what stands behind the envelope', () => {
    const result = read(`${inform()}\r\nHTTP junk`);
    expect(result.message.kind).to.equal('inform');
    expect(codes(result)).to.deep.equal(['trailing-garbage']);
    expect(codes(read(`${inform()}\n\0\0 `))).to.deep.equal([]);
  });

  it('decodes by byte order mark, declaration, Content-Type, and else as UTF-8 or windows-1252', () => {
    const manufacturer = (body: Buffer, type?: string): string => {
      const { message } = read(body, type);
      return message.kind === 'inform' ? message.inform.deviceId.manufacturer : '';
    };
    const xml = inform().replace('>Test<', '>Société €<');
    const undeclared = xml.replace(/^<\?xml[^>]*>/, '');
    const latin = Buffer.from(undeclared.replace('€', '!'), 'latin1');
    expect(manufacturer(Buffer.from(xml))).to.equal('Société €');
    expect(manufacturer(Buffer.from(undeclared))).to.equal('Société €');
    expect(manufacturer(Buffer.from(`\ufeff${undeclared}`, 'utf16le'))).to.equal('Société €');
    expect(manufacturer(latin)).to.equal('Société !');
    expect(codes(read(latin))).to.deep.equal(['latin-1-assumed']);
    expect(manufacturer(latin, 'text/xml; charset="iso-8859-1"')).to.equal('Société !');
    // Where both speak, the declaration is right.
    expect(manufacturer(Buffer.from(xml), 'text/xml; charset=iso-8859-1')).to.equal('Société €');
    expect(codes(read(Buffer.from(undeclared), 'text/xml; charset=x-own'))).to.deep.equal([
      'unknown-charset',
    ]);
  });

  it('finds the namespace by the prefix, else among all that are declared, else takes the first version', () => {
    const bare = '<Envelope><Body><Inform><DeviceId><OUI>000000</OUI></DeviceId></Inform></Body></Envelope>';
    expect(read(bare)).to.include({ namespace: 'urn:dslforum-org:cwmp-1-0' });
    expect(codes(read(bare))).to.include('no-cwmp-namespace');
    const undeclared = bare
      .replace('<Envelope>', '<Envelope xmlns:x="urn:dslforum-org:cwmp-1-2">')
      .replace(/Inform>/g, 'cwmp:Inform>');
    expect(read(undeclared)).to.include({ namespace: 'urn:dslforum-org:cwmp-1-2' });
    expect(codes(read(inform({ namespace: 'urn:acme:cwmp' })))).to.deep.equal(['unknown-cwmp-namespace']);
    expect(read(inform({ namespace: 'urn:acme:cwmp' })).namespace).to.equal('urn:acme:cwmp');
  });

  it('says what is wrong with a message that cannot be used, and names one that it does not know', () => {
    expect(
      read(envelope('<cwmp:AddObjectResponse><Status>0</Status></cwmp:AddObjectResponse>')).message,
    ).to.deep.include({
      kind: 'invalid',
      method: 'AddObjectResponse',
    });
    expect(read(envelope('<cwmp:Kicked/>')).message).to.deep.equal({ kind: 'unknown', method: 'Kicked' });
    expect(read(envelope('')).message).to.deep.equal({ kind: 'empty' });
  });

  it('reads long runs of padding, references and entries in time that grows with their length alone', () => {
    const zeros = `${'0'.repeat(200_000)}x`;
    const started = performance.now();
    const [value] = parametersOf(
      read(values({ 'A.B': '@' }).replace(/<Value[^>]*>@/, `<Value xsi:type="xsd:int">${zeros}`)).message,
    );
    expect(value).to.include({ value: zeros, type: 'int' });
    // A second for each 10,000 zeros squared would be minutes.
    expect(performance.now() - started).to.be.below(5_000);
    expect(valueOf('&amp;lt; &lt;&gt;&quot;&apos; &amp;amp;amp;')).to.equal('&lt; <>"\' &amp;amp;');
    expect(valueOf('&#38;lt;&amp;#60;')).to.equal('&lt;&#60;');
    expect(() => read(values({ 'A.B': '&#49;'.repeat(200_001) }))).to.throw(MalformedEnvelopeError);
  });

  it('keeps of texts that stay in reports no more than can be meant', () => {
    const endless = 'x'.repeat(100_000);
    const fault = read(
      envelope(
        '<soap:Fault><detail><cwmp:Fault><FaultCode>9003</FaultCode>' +
          `<FaultString>${endless}</FaultString>` +
          `<SetParameterValuesFault><ParameterName>${endless}</ParameterName><FaultCode>9005</FaultCode></SetParameterValuesFault>`.repeat(
            3,
          ) +
          '<SetParameterValuesFault><FaultCode>9005</FaultCode></SetParameterValuesFault>'.repeat(2_000) +
          '</cwmp:Fault></detail></soap:Fault>',
      ),
    );
    expect(JSON.stringify(fault).length).to.be.below(100_000);
    expect(codes(fault)).to.include.members(['text-cut', 'entries-dropped']);
    const event = '<EventStruct><EventCode>M x</EventCode><CommandKey/></EventStruct>';
    const many = read(
      inform().replace('</EventStruct></Event>', `</EventStruct>${event.repeat(500)}</Event>`),
    );
    expect(many.message.kind === 'inform' && many.message.inform.events).to.have.length(64);
    expect(read(inform({ serial: endless })).message).to.deep.include({ kind: 'invalid', method: 'Inform' });
    const named = read(values({ [`A.${endless}`]: '1', 'A.B': '2' }));
    expect(parametersOf(named.message).map(({ name }) => name)).to.deep.equal(['A.B']);
  });

  it('tells dates from times since boot and from nonsense', () => {
    expect(readDateTime('9999-12-31T23:59:59Z').kind).to.equal('infinite');
    expect(readDateTime('2026-01-02T03:04:05')).to.deep.include({ kind: 'instant', local: true });
    expect(readDateTime('2026-01-02T03:04:05.5+02:00')).to.deep.equal({
      kind: 'instant',
      at: new Date('2026-01-02T01:04:05.500Z'),
      local: false,
    });
    for (const text of ['11:54::14', '', '2026-02-30', 'unknown'])
      expect(readDateTime(text).kind).to.equal('invalid');
  });
});
