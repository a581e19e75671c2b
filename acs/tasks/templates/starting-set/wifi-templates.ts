import type { TemplateInput } from '../template-input.js';
import type { StartingTemplate } from './starting-template.js';

type Parameter = NonNullable<TemplateInput['parameters']>[number];

const ENABLED = "valueOf('Enable').satisfies(v =&gt; v == '1' or v.equalsIgnoreCase('true'))";

/**
 * Name and password of every enabled network. TR-098 says nothing of bands: a channel above 14 is one of 5 GHz. Where the
 * passphrase is kept differs, so the device is asked for the names that it has. Open and enterprise networks have none.
 */
const NETWORKS = `<config>
  <if expr="\${(#ssid ? '') == '' and (#key ? '') == ''}">
    <finish status="ERROR" message="neither a name nor a password was given"/>
  </if>
  <store target="changed" value="0"/>
  <foreach query="\${root.LANDevice.any.WLANConfiguration.any.${ENABLED}}" in="true" iterator="network">
    <get key="Channel" output="channel" flush="false"/>
    <get key="BeaconType" output="security"/>
    <if expr="\${#band == 'all' or #band == (if((#channel ? '0').toInt &gt; 14) '5GHz' else '2.4GHz')}">
      <find query="\${prefix.in('KeyPassphrase', 'PreSharedKey.1.KeyPassphrase', 'PreSharedKey.1.PreSharedKey')}" output="passphrases"/>
      <if expr="\${(#ssid ? '') != ''}">
        <set key="SSID" value="\${#ssid}" type="xsd:string" flush="false"/>
      </if>
      <if expr="\${(#key ? '') != '' and (#security ? '').matches('.*(WPA|11i).*')}">
        <if expr="\${(#passphrases ? '') == ''}">
          <finish status="ERROR" message="\${#network} has no parameter for a password"/>
        </if>
        <set key="\${#passphrases.splitBy(',').get(0)}" value="\${#key}" type="xsd:string" flush="false"/>
      </if>
      <flush/>
      <store target="changed" value="\${#changed.toInt + 1}"/>
    </if>
  </foreach>
  <foreach query="\${root.WiFi.SSID.any.${ENABLED}}" in="true" iterator="network">
    <get key="LowerLayers" output="radio"/>
    <if expr="\${#band != 'all'}">
      <get key="\${(#radio ? '').splitByTrim(',').get(0).ensureEnd('.')}OperatingFrequencyBand" output="found"/>
    </if>
    <if expr="\${#band == 'all' or #band == #found}">
      <find query="\${query('Root.WiFi.AccessPoint.').any.valueOf('SSIDReference').satisfies(v =&gt; v.ensureEnd('.') == #network)}" output="accessPoint"/>
      <if expr="\${(#accessPoint ? '') != ''}">
        <store target="accessPoint" value="\${#accessPoint.splitBy(',').get(0)}"/>
        <get key="\${#accessPoint}Security.ModeEnabled" output="security"/>
      </if>
      <if expr="\${(#ssid ? '') != ''}">
        <set key="SSID" value="\${#ssid}" type="xsd:string" flush="false"/>
      </if>
      <if expr="\${(#key ? '') != '' and (#accessPoint ? '') != '' and (#security ? '').contains('Personal')}">
        <set key="\${#accessPoint}Security.KeyPassphrase" value="\${#key}" type="xsd:string" flush="false"/>
      </if>
      <flush/>
      <store target="changed" value="\${#changed.toInt + 1}"/>
    </if>
  </foreach>
  <if expr="\${#changed == '0'}">
    <finish status="WARNING" message="the device has no enabled network of this band"/>
  </if>
  <finish message="\${#changed} networks changed"/>
</config>`;

/** The channel of each radio of a band; 0 leaves the choice to the device. */
const CHANNEL = `<config>
  <store target="changed" value="0"/>
  <foreach query="\${root.LANDevice.any.WLANConfiguration.any.valueOf('Channel').satisfies(v =&gt; (if((v.toInt ? 0) &gt; 14) '5GHz' else '2.4GHz') == #band)}" in="true" iterator="radio">
    <find query="\${prefix.in('AutoChannelEnable')}" output="automatic"/>
    <if expr="\${(#automatic ? '') != ''}">
      <set key="AutoChannelEnable" value="\${#channel == '0'}" type="xsd:boolean" flush="false"/>
      <else>
        <if expr="\${#channel == '0'}"><finish status="ERROR" message="\${#radio} cannot choose its channel itself"/></if>
      </else>
    </if>
    <if expr="\${#channel != '0'}"><set key="Channel" value="\${#channel}" type="xsd:unsignedInt" flush="false"/></if>
    <flush/>
    <store target="changed" value="\${#changed.toInt + 1}"/>
  </foreach>
  <foreach query="\${root.WiFi.Radio.any.valueOf('OperatingFrequencyBand').satisfies(v =&gt; v == #band)}" in="true" iterator="radio">
    <find query="\${prefix.in('AutoChannelEnable')}" output="automatic"/>
    <if expr="\${(#automatic ? '') != ''}">
      <set key="AutoChannelEnable" value="\${#channel == '0'}" type="xsd:boolean" flush="false"/>
      <else>
        <if expr="\${#channel == '0'}"><finish status="ERROR" message="\${#radio} cannot choose its channel itself"/></if>
      </else>
    </if>
    <if expr="\${#channel != '0'}"><set key="Channel" value="\${#channel}" type="xsd:unsignedInt" flush="false"/></if>
    <flush/>
    <store target="changed" value="\${#changed.toInt + 1}"/>
  </foreach>
  <if expr="\${#changed == '0'}">
    <finish status="WARNING" message="the device has no radio of \${#band}"/>
  </if>
</config>`;

const BANDS = [
  { value: '2.4GHz', label: '2.4 GHz' },
  { value: '5GHz', label: '5 GHz' },
  { value: '6GHz', label: '6 GHz' },
];

const PARAMETERS: Parameter[] = [
  {
    name: 'ssid',
    label: 'Name (SSID)',
    required: false,
    min: 1,
    max: 32,
    unit: 'bytes',
    help: 'Up to 32 bytes: letters beyond a to z take more than one. Empty: stays as it is.',
  },
  {
    name: 'key',
    label: 'Password',
    type: 'secret',
    required: false,
    min: 8,
    max: 63,
    pattern: '[ -~]*',
    help: '8 to 63 letters, digits and signs of plain ASCII. Empty: stays as it is.',
  },
  {
    name: 'band',
    label: 'Band',
    type: 'enum',
    default: 'all',
    choices: [{ value: 'all', label: 'All' }, ...BANDS],
    help: 'Networks that are switched off are not touched.',
  },
];

/** Templates around Wi-Fi, for TR-098 and TR-181 devices alike (templates-quickfixes.md §7). */
export const WIFI_TEMPLATES: readonly StartingTemplate[] = [
  {
    key: 'change-wifi',
    template: {
      name: 'Change Wi-Fi',
      description:
        'Gives the networks of the device a new name, a new password, or both. Everybody who uses them must connect anew.',
      type: 'XmlTask',
      config: { xml: NETWORKS },
      parameters: PARAMETERS,
      quickFix: { name: 'Change Wi-Fi', connect: 'always', icon: 'wifi-cog' },
    },
  },
  {
    key: 'change-wifi-channel',
    template: {
      name: 'Change Wi-Fi channel',
      description: 'Sets the channel of the radios of a band, or lets the device choose it.',
      type: 'XmlTask',
      config: { xml: CHANNEL },
      parameters: [
        { name: 'band', label: 'Band', type: 'enum', default: '2.4GHz', choices: BANDS },
        {
          name: 'channel',
          label: 'Channel',
          type: 'int',
          default: '0',
          min: 0,
          max: 233,
          help: '0: the device chooses. 2.4 GHz has 1 to 13, 5 GHz 36 to 177; a channel that the device has not is refused by it.',
        },
      ],
      quickFix: { name: 'Change Wi-Fi channel', connect: 'always', icon: 'wifi' },
    },
  },
];
