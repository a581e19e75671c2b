import { expect } from 'chai';
import { isSecretPath } from '../../../acs/devices/secret-paths.js';
import { MEANINGS } from '../../../acs/devices/meanings.js';

describe('Hidden values', () => {
  const secret = [
    'Device.WiFi.AccessPoint.1.Security.KeyPassphrase',
    'Device.WiFi.AccessPoint.1.Security.SAEPassphrase',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.WEPKey.2.WEPKey',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.PreSharedKey',
    'InternetGatewayDevice.ManagementServer.ConnectionRequestPassword',
    'Device.X_VENDOR.AdminpassWORDHash',
    'Device.Services.VoiceService.1.VoiceProfile.1.SIP.AuthPassword',
    'Device.X.pass',
  ];
  const open = [
    'Device.ManagementServer.Username',
    'Device.WiFi.AccessPoint.1.Security.ModeEnabled',
    'Device.IP.Interface.1.PassThrough',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.WEPKeyIndex',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.AssociatedDeviceMACAddress',
  ];
  for (const path of secret) it(`hide ${path}`, () => expect(isSecretPath(path)).to.equal(true));
  for (const path of open) it(`show ${path}`, () => expect(isSecretPath(path)).to.equal(false));

  it('are those of every secret meaning', () => {
    for (const meaning of MEANINGS)
      for (const candidate of [...meaning.tr098, ...meaning.tr181]) {
        const path = typeof candidate === 'string' ? candidate : candidate[1];
        expect(isSecretPath(path), `${meaning.key} ${path}`).to.equal(meaning.secret ?? false);
      }
  });
});
