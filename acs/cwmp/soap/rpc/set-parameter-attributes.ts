import type { ParameterAttributesChange } from '../../messages.js';
import { textElement } from '../xml-writer.js';
import type { AcsRpcDefinition } from './definition.js';

export const setParameterAttributes: AcsRpcDefinition<'SetParameterAttributes'> = {
  write: ({ parameters }) => {
    const entries = parameters.map(writeChange).join('');
    return `<ParameterList soap-enc:arrayType="cwmp:SetParameterAttributesStruct[${parameters.length}]">${entries}</ParameterList>`;
  },
  read: () => ({ method: 'SetParameterAttributes' }),
};

/** All five elements stand there whatever is changed (spec cwmp.md §4); booleans as digits (cpe-quirks.md row 28). */
function writeChange({ name, notification, accessList }: ParameterAttributesChange): string {
  const entities = (accessList ?? []).map((entity) => textElement('string', entity)).join('');
  return (
    `<SetParameterAttributesStruct>${textElement('Name', name)}` +
    textElement('NotificationChange', notification === null ? 0 : 1) +
    textElement('Notification', notification ?? 0) +
    textElement('AccessListChange', accessList === null ? 0 : 1) +
    `<AccessList soap-enc:arrayType="xsd:string[${accessList?.length ?? 0}]">${entities}</AccessList>` +
    `</SetParameterAttributesStruct>`
  );
}
