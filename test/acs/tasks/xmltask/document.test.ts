import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { taskTypeNamed } from '../../../../acs/tasks/task-types.js';
import { parseConfig, writeConfig } from '../../../../acs/tasks/config-schema.js';
import { completeXml } from '../../../../acs/tasks/xmltask/complete.js';
import { hasHandler } from '../../../../acs/tasks/xmltask/handlers.js';
import { MAX_BYTES, parseXml } from '../../../../acs/tasks/xmltask/parse.js';
import { tagReference } from '../../../../acs/tasks/xmltask/tag-reference.js';
import { ROOT_TAGS, TAGS, tagNamed } from '../../../../acs/tasks/xmltask/tags.js';
import { parseXmlTask } from '../../../../acs/tasks/xmltask/validate.js';
import { mapXmlSecrets } from '../../../../acs/tasks/xmltask/xml-secrets.js';
import { XmlTaskError } from '../../../../acs/tasks/xmltask/xml-task-error.js';
import { ValidationError } from '../../../../common/errors.js';
import * as examples from './examples.js';

/** `line:column code` of each issue. */
function issuesOf(text: string): string[] {
  try {
    parseXmlTask(text);
    return [];
  } catch (error) {
    if (!(error instanceof XmlTaskError)) throw error;
    return error.issues.map(({ line, column, code }) => `${line}:${column} ${code}`);
  }
}

const inside = (content: string): string => `<config>\n${content}\n</config>`;

describe('The text of a workflow', () => {
  describe('as XML', () => {
    it('has line, column and place of each element and attribute', () => {
      const { elements, text } = parseXml(
        '<?xml version="1.0"?>\r\n<config>\r\n  <set key="A"\n value = \'x&gt;"y"\'/></config>',
      );
      const set = elements[1];
      expect(set).to.include({ name: 'set', line: 3, column: 3 });
      const value = set?.attributes.get('value');
      expect(value?.value).to.equal('x>"y"');
      expect(text.slice(value?.valueFrom, value?.valueTo)).to.equal('x&gt;"y"');
      expect(text.slice(set?.from, set?.to)).to.match(/^<set[^]*\/>$/);
    });

    for (const [what, text] of [
      ['a document type', '<!DOCTYPE config [<!ENTITY a "b">]><config/>'],
      ['a processing instruction', '<config><?php x?></config>'],
      ['an entity of its own', '<config a="&own;"/>'],
      ['another version', '<?xml version="1.1"?><config/>'],
      ['another encoding', '<?xml version="1.0" encoding="latin1"?><config/>'],
      ['another root', '<task/>'],
      ['two roots', '<config/><config/>'],
      ['what is not closed', '<config><if expr="true"></config>'],
      ['an attribute twice', '<config><log message="a" message="b"/></config>'],
      ['a bare <', '<config><if expr="1 < 2"/></config>'],
      ['nothing', ''],
      ['text', 'hello'],
      ['half of a character', '<config a="\ud83d"/>'],
      ['too many levels', `<config>${'<in key="a.">'.repeat(64)}${'</in>'.repeat(64)}</config>`],
      ['too many bytes', `<config><!--${'x'.repeat(MAX_BYTES)}--></config>`],
    ] as const)
      it(`is refused with a place for ${what}`, () => {
        expect(issuesOf(text))
          .to.have.length(1)
          .and.satisfy(([issue]: string[]) => issue?.endsWith(' xml') === true);
      });

    it('may be 64 levels deep and have comments, CDATA and text that counts for nothing', () => {
      expect(issuesOf(`<config>${'<in key="a.">'.repeat(63)}${'</in>'.repeat(63)}</config>`)).to.deep.equal(
        [],
      );
      expect(issuesOf('<config>text<!-- <bogus/> --><![CDATA[ <x> ]]></config>')).to.deep.equal([]);
    });
  });

  describe('when it is checked', () => {
    for (const [name, text] of Object.entries(examples))
      it(`lets the example ${name} pass`, () => {
        expect(issuesOf(text)).to.deep.equal([]);
      });

    it('is refused with every wrong place, in the order of the text', () => {
      const text = `<config>
  <sett key="A"/>
  <set kay="1" key="a b"/>
  <get/>
  <set key="A" flush="perhaps"/>
  <if expr="\${1 + }"/>
  <if expr="\${'a' == 1}"/>
  <finish status="DONE"/>
  <limiter name="x" executionExpirationTime="5 parsecs"/>
  <setDomain domain="north"/>
</config>`;
      expect(issuesOf(text)).to.deep.equal([
        '2:3 unknown-tag',
        '3:8 unknown-attribute',
        '3:21 invalid',
        '4:3 required',
        '5:23 expression',
        '6:19 expression',
        '7:15 expression',
        '8:19 invalid',
        '9:46 invalid',
        '10:22 invalid',
      ]);
    });

    it('says where in an attribute an expression is wrong, references counted as they are written', () => {
      expect(issuesOf(inside('<if expr="${1 &lt; 2 &amp;&amp; nonsense}"/>'))).to.deep.equal([
        '2:33 expression',
      ]);
    });

    for (const [what, content, issue] of [
      ['else beside its if', '<if expr="true"/><else/>', '2:18 forbidden-child'],
      ['else before the end of its if', '<if expr="true"><else/><flush/></if>', '2:17 forbidden-child'],
      ['two else', '<if expr="true"><else/><else/></if>', '2:24 forbidden-child'],
      ['with outside of add', '<with key="A"/>', '2:1 forbidden-child'],
      ['children where there are none', '<set key="A"><flush/></set>', '2:14 forbidden-child'],
      ['sshCommand without its session', '<sshCommand command="x"/>', '2:1 forbidden-child'],
      [
        'telnetCommand in the wrong session',
        '<sshSession address="a" username="u"><telnetCommand command="x"/></sshSession>',
        '2:38 forbidden-child',
      ],
      ['foreach without query and list', '<foreach/>', '2:1 required'],
      ['foreach with both', '<foreach list="a" query="${root.any}"/>', '2:1 required'],
      ['task without class and template', '<task/>', '2:1 required'],
      ['an unknown class', '<task class="Nope"/>', '2:14 invalid'],
      [
        'a wrong configuration of a child',
        '<task class="AddObjectTask"><config objectName="A"/></task>',
        '2:37 invalid',
      ],
      ['an unknown attribute of a child', '<task class="Reboot"><config speed="1"/></task>', '2:30 invalid'],
      [
        'a wrong workflow in a workflow',
        '<task class="XmlTask"><config><nope/></config></task>',
        '2:31 unknown-tag',
      ],
      [
        'a wrong expression in a child',
        '<task class="Reboot"><config commandKey="${nope}"/></task>',
        '2:44 expression',
      ],
      ['unknown names in defaults', '<defaults set.nope="1" nope.key="1"/>', '2:11 unknown-attribute'],
      ['wrong values in defaults', '<defaults get.flush="never"/>', '2:22 expression'],
      ['a key without its partner', '<sshSession address="a" username="u" privatekey="k"/>', '2:1 invalid'],
      [
        'both kinds of authorization',
        '<rest url="http://a" user="u" authorizationHeader="x"/>',
        '2:31 invalid',
      ],
      ['an empty required attribute', '<get key=""/>', '2:6 required'],
      [
        'a notification out of range',
        '<setParameterAttributes parameterName="A" notificationChange="true" notification="9"/>',
        '2:83 invalid',
      ],
    ] as const)
      it(`is refused for ${what}`, () => {
        expect(issuesOf(inside(content))[0]).to.equal(issue);
      });

    for (const tag of ['observe', 'execute', 'lwm2mWrite', 'readComposite', 'cancelAllObserves'])
      it(`says that ${tag} is a tag of another protocol`, () => {
        expect(() => parseXmlTask(inside(`<${tag}/>`))).to.throw(XmlTaskError, 'is a tag of LwM2M');
      });

    it('takes attributes of the other protocol without effect, and the optional tags', () => {
      expect(issuesOf(inside('<get key="A" lwm2m.timeout="5"/>'))).to.deep.equal([]);
      expect(issuesOf(inside('<wor><setAdd worId="a" worEntryName="b" worValue="c"/></wor>'))).to.deep.equal(
        [],
      );
      expect(
        issuesOf(inside('<cli protocol="x"><command cmd="a"/><out target="t" extract="${output}"/></cli>')),
      ).to.deep.equal([]);
    });

    it('lets defaults stand for required attributes', () => {
      expect(
        issuesOf(inside('<defaults readResource.varName="t"><readResource resourceId="r"/></defaults>')),
      ).to.deep.equal([]);
    });

    it('is refused when a task is saved, each place by line and column', () => {
      const type = taskTypeNamed('XmlTask');
      try {
        parseConfig(type, inside('<nope/>'));
        expect.fail('it was taken');
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        expect(error.issues).to.deep.equal([
          { pointer: '/config/xml', code: 'invalid', message: 'Line 2, column 1: There is no tag <nope>' },
        ]);
      }
    });

    it('is kept as it is written', () => {
      const type = taskTypeNamed('XmlTaskTask'.replace('TaskTask', 'Task'));
      const config = parseConfig(type, examples.WIFI);
      expect(config).to.deep.equal({ xml: examples.WIFI });
      expect(writeConfig(type, config)).to.equal(examples.WIFI);
    });
  });

  describe('the table of tags', () => {
    it('has an action for every tag that can be executed, and for no other', () => {
      expect(ROOT_TAGS.filter((name) => !hasHandler(name))).to.deep.equal([]);
      expect(TAGS.filter(({ name }) => hasHandler(name)).map(({ name }) => name)).to.have.members([
        ...ROOT_TAGS,
        'config',
        'else',
      ]);
    });

    it('names own children that exist, each in its parents only', () => {
      for (const tag of TAGS)
        for (const name of tag.own ?? []) expect(tagNamed(name), name).to.include({ child: true });
      for (const tag of TAGS.filter(({ child }) => child))
        if (tag.name !== 'config')
          expect(
            TAGS.some(({ own }) => own?.includes(tag.name)),
            tag.name,
          ).to.equal(true);
    });

    it('gives no tag and no attribute twice, and defaults that are allowed', () => {
      expect(new Set(TAGS.map(({ name }) => name)).size).to.equal(TAGS.length);
      for (const { name, attributes } of TAGS) {
        expect(new Set(attributes.map((one) => one.name)).size, name).to.equal(attributes.length);
        for (const { preset, values, name: attribute } of attributes)
          if (preset !== undefined && values) expect(values, `${name}.${attribute}`).to.include(preset);
      }
    });
  });

  it('is described in the manual by the table itself', async () => {
    const manual = await readFile(new URL('../../../../docs/xmltask.md', import.meta.url), 'utf8');
    const plain = (text: string): string => text.replace(/\\(?=[*_<|])/g, '').replace(/\s+/g, ' ');
    expect(plain(manual)).to.contain(plain(tagReference()));
  });

  describe('when it is completed', () => {
    const at = (marked: string): ReturnType<typeof completeXml> =>
      completeXml(marked.replace('|', ''), marked.indexOf('|'));
    const labels = (marked: string): string[] => at(marked).suggestions.map(({ label }) => label);

    for (const [marked, kind, expected] of [
      ['|', 'tag', ['config']],
      ['<config><se|', 'tag', ['set', 'setParameterAttributes', 'setDomain']],
      ['<config><add parentKey="x"><wi|', 'tag', ['with']],
      ['<config><wi|', 'tag', []],
      ['<config><if expr="a"><el|', 'tag', ['else']],
      ['<config><sshCo|', 'tag', []],
      ['<config><sshSession address="a"><if expr="b"><sshCo|', 'tag', ['sshCommand']],
      ['<config><set key="A" v|', 'attribute', ['value']],
      ['<config><set key="A" |/>', 'attribute', ['value', 'type', 'ignoreFaults', 'flush']],
      ['<config><get ignoreFaults="|', 'value', ['true', 'false']],
      ['<config><finish status="W|"/>', 'value', ['WARNING']],
      ['<config><defaults get.ou|', 'attribute', ['get.output']],
      ['<config><in key="x"></|', 'end-tag', ['in']],
      ['<config><!-- <se|', 'none', []],
      ['<config><task><config><|', 'tag', []],
    ] as const)
      it(`offers what fits at ${marked}`, () => {
        expect(at(marked).kind).to.equal(kind);
        expect(labels(marked)).to.deep.equal([...expected]);
      });

    it('leaves expressions to those who know them, with what the attribute must give', () => {
      const found = at('<config><if expr="${device.so|"/>');
      expect(found.kind).to.equal('expression');
      expect(found.expression).to.equal('${device.so');
      expect(found.at).to.deep.include({ tag: 'if', name: 'expr' });
      expect(found.at?.attribute?.type).to.equal('boolean');
    });

    it('answers anywhere in a text', () => {
      const text = examples.UPGRADE;
      for (let offset = 0; offset <= text.length; offset += 1)
        expect(completeXml(text, offset).to).to.equal(offset);
    });
  });

  it('hides passwords where it is shown, and finds them again when it comes back', () => {
    const xml = inside(
      '<set key="WiFi.AccessPoint.1.Security.KeyPassphrase" value="s&amp;cret"/><set key="A" value="plain"/><rest url="http://a" pass="pw"/><sshSession address="a" username="u" password="${#p}"/>',
    );
    const found: string[] = [];
    const masked = mapXmlSecrets(xml, (text, address) => {
      found.push(`${text} ${address}`);
      return '••••••';
    });
    expect(found.map((one) => one.split(' ')[0])).to.deep.equal(['s&cret', 'pw']);
    expect(masked).not.to.contain('cret"').and.not.contain('"pw"');
    expect(masked).to.contain('value="plain"').and.contain('password="${#p}"');
    const known = new Map(found.map((one) => [one.slice(one.indexOf(' ') + 1), one.split(' ')[0] ?? '']));
    expect(mapXmlSecrets(masked, (_text, address) => known.get(address) ?? '')).to.equal(xml);
  });
});
