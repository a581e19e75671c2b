/** The examples of the language reference (docs/xmltask.md). */
export const WIFI = `<config>
  <foreach query="\${root.LANDevice.any.WLANConfiguration.any.valueOf('Enable').satisfies(v =&gt; v == '1' or v == 'true')}" in="true">
    <set key="SSID" value="\${task.property.ssid}" flush="false"/>
    <set key="PreSharedKey.1.KeyPassphrase" value="\${task.property.key}"/>
  </foreach>
  <log message="Wi-Fi of \${device.id} renamed to \${task.property.ssid}"/>
</config>`;

export const CHANNEL = `<config>
  <in key="Device.WiFi.Radio.1.">
    <get key="Stats.Noise" output="noise" flush="false" ignoreFaults="true"/>
    <get key="Channel" output="ch"/>
    <if expr="\${(#noise.toInt ? -100) &gt; -70}">
      <store target="next" value="\${map('1' -> '6', '6' -> '11', '11' -> '1')(#ch) ? '1'}"/>
      <set key="Channel" value="\${#next}" type="xsd:unsignedInt"/>
      <alert type="wifi-noise" caption="Wi-Fi noise" description="moved from \${#ch} to \${#next}" severity="WARN"/>
      <else><alert type="wifi-noise" raised="false"/></else>
    </if>
  </in>
</config>`;

export const UPGRADE = `<config>
  <limiter name="fw-2.4.1" maxConcurrentExecutions="50" executionExpirationTime="2h">
    <store target="before" value="\${device.softwareVersion}"/>
    <task class="BackupConfigurationTask"><config intervalTime="1"/></task>
    <task class="FirmwareUpgradeTask" ignoreError="true">
      <config resourceId="fw-2.4.1" timeLimit="1800" versionChangeVerification="true"/>
    </task>
    <if expr="\${device.softwareVersion != '2.4.1'}">
      <finish status="ERROR" message="not upgraded, still \${device.softwareVersion}"/>
    </if>
    <store target="soakEnd" value="\${date.now.addMinutes(30).millis}"/>
    <requestConnection date="\${date.fromMillis(#soakEnd.toLong)}"/>
    <while expr="\${date.now.millis &lt; #soakEnd.toLong}">
      <wait inProgressMessage="observing 2.4.1 for 30 minutes"/>
    </while>
    <get key="Device.IP.Interface.1.Status" output="wan" ignoreFaults="true"/>
    <if expr="\${(#wan ? 'unknown') != 'Up'}">
      <store type="devProp" target="fw241Failed" value="\${date.now.format}"/>
      <task class="FirmwareUpgradeTask"><config resourceId="fw-2.3.9" versionChangeVerification="true"/></task>
      <finish status="ERROR" message="WAN \${#wan ? 'unknown'}: back to \${device.softwareVersion} (was \${#before})"/>
    </if>
    <finish message="now \${device.softwareVersion}"/>
  </limiter>
  <finish status="NOT_STARTED" message="no free slot"/>
</config>`;

export const BACKUP = `<config>
  <task class="BackupConfigurationTask"><config intervalTime="0" backupNumber="3"/></task>
  <set key="Device.DSL.Line.1.Enable" value="true" ignoreFaults="true"/>
  <get key="Device.DSL.Line.1.Status" output="st"/>
  <if expr="\${#st != 'Up'}">
    <task class="RestoreConfigurationTask"><config fromDate="\${date.now.addHours(-1).format}"/></task>
    <finish status="WARNING" message="line \${#st}: configuration restored"/>
  </if>
</config>`;

export const TRACE = `<config>
  <get key="Device.DeviceInfo.UpTime" output="up"/>
  <store type="history" target="uptime" value="\${#up}"/>
  <if expr="\${#up.toLong &gt; 7 * 24 * 3600}">
    <rest url="https://nms.example/api/uptime/\${device.id}" method="POST" content="{&quot;up&quot;: \${#up}}" timeout="3s">
      <header name="Content-Type" value="application/json"/>
      <out from="action" to="action" default="none"/>
    </rest>
    <if expr="\${#responseCode == '200' and #action == 'reboot'}"><task class="RebootTask"/></if>
  </if>
</config>`;
