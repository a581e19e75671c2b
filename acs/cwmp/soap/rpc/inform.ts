import type { DeviceId, Inform, InformEvent } from '../../messages.js';
import type { ReadingNotes } from '../reading-notes.js';
import { readDateTime } from '../date-time.js';
import { readParameterValues } from '../values.js';
import { child, childText, type XmlElement } from '../xml-element.js';
import { cutText, invalidArguments, readNumber, readText } from './definition.js';

/** TR-069 A6 table 23 allows 64 events. All of them are kept, with reports that wait for one too. */
const EVENTS = 64;
/** TR-069 A6 table 24 allows 64 characters; a part that is longer could not be told from another. */
const ID_LENGTH = 256;

/** Inform (TR-069 A6 table 23). Without a serial number and an OUI nobody can say whose it is: 8003 (cpe-quirks.md row 39). */
export function readInform(element: XmlElement, notes: ReadingNotes): Inform {
  return {
    method: 'Inform',
    deviceId: readDeviceId(element, notes),
    events: readEvents(child(element, 'Event'), notes),
    maxEnvelopes: readNumber(element, 'MaxEnvelopes', 1, notes),
    currentTime: readCurrentTime(element, notes),
    retryCount: readNumber(element, 'RetryCount', 0, notes),
    parameters: readParameterValues(child(element, 'ParameterList'), notes),
  };
}

function readDeviceId(inform: XmlElement, notes: ReadingNotes): DeviceId {
  const element = child(inform, 'DeviceId');
  if (!element) throw invalidArguments('Inform without DeviceId');
  const id = {
    manufacturer: readText(element, 'Manufacturer', notes),
    oui: readText(element, 'OUI', notes),
    productClass: readText(element, 'ProductClass', notes),
    serialNumber: readText(element, 'SerialNumber', notes),
  };
  if (id.oui === '' && id.serialNumber === '') throw invalidArguments('Inform without OUI and SerialNumber');
  if (Object.values(id).some((part) => part.length > ID_LENGTH))
    throw invalidArguments(`A part of DeviceId is longer than ${ID_LENGTH} characters`);
  return id;
}

/** An Inform without events is a plain contact (cpe-quirks.md row 65). */
function readEvents(list: XmlElement | undefined, notes: ReadingNotes): InformEvent[] {
  if (!list) {
    notes.add('missing-element', 'Inform.Event');
    return [];
  }
  const events: InformEvent[] = [];
  if (list.children.length > EVENTS)
    notes.add('entries-dropped', 'Inform.Event', { entries: list.children.length - EVENTS });
  for (const entry of list.children.slice(0, EVENTS)) {
    const code = cutText(childText(entry, 'EventCode') ?? '', 'Inform.EventCode', notes);
    const commandKey = cutText(childText(entry, 'CommandKey') ?? '', 'Inform.CommandKey', notes);
    if (code !== '') events.push({ code, commandKey });
    else notes.add('name-missing', 'Inform.Event');
  }
  return events;
}

function readCurrentTime(inform: XmlElement, notes: ReadingNotes): string {
  const time = readText(inform, 'CurrentTime', notes);
  if (time !== '' && readDateTime(time).kind === 'invalid') notes.add('bad-time', 'Inform.CurrentTime');
  return time;
}
