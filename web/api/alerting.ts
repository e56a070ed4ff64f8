import type { z } from 'zod';
import type {
  AcknowledgeRequest,
  AlertExclusionRequest,
  SnoozeRequest,
} from '../../server/contract/alerts.ts';
import type { ChannelRequest } from '../../server/contract/channels.ts';
import type { SurveillanceChange } from '../../server/contract/surveillance.ts';
import { ask } from './request.ts';

// What only the pages of alerts, their rules and channels ask for: apart from client.ts, so that the first page does not load it.

const one = (id: string) => encodeURIComponent(id);

export const fetchAlert = (id: string, signal?: AbortSignal) =>
  ask({ path: `/alerts/${one(id)}`, answer: 'AlertResponse', signal });

/** Nothing more is sent of it unless its level rises. */
export const acknowledgeAlert = (id: string, body: z.output<typeof AcknowledgeRequest>) =>
  ask({ path: `/alerts/${one(id)}/acknowledge`, method: 'POST', body, answer: 'AlertResponse' });

/** Quiet until an instant. */
export const snoozeAlert = (id: string, body: z.output<typeof SnoozeRequest>) =>
  ask({ path: `/alerts/${one(id)}/snooze`, method: 'POST', body, answer: 'AlertResponse' });

export const fetchAlertExclusions = (signal?: AbortSignal) =>
  ask({ path: '/alert-exclusions', answer: 'AlertExclusionsResponse', signal });

/** No alert is sent about a rule or a subject until then. */
export const excludeAlerts = (body: AlertExclusionRequest) =>
  ask({ path: '/alert-exclusions', method: 'POST', body, answer: 'AlertExclusionsResponse' });

export const endAlertExclusion = (id: string, author: string) =>
  ask({
    path: `/alert-exclusions/${one(id)}/end`,
    method: 'POST',
    body: { author },
    answer: 'AlertExclusionsResponse',
  });

export const fetchSurveillance = (signal?: AbortSignal) =>
  ask({ path: '/surveillance', answer: 'SurveillanceResponse', signal });

/** Makes a new version of what alerts are raised by. */
export const saveSurveillance = (body: SurveillanceChange) =>
  ask({ path: '/surveillance', method: 'PUT', body, answer: 'SurveillanceResponse' });

/** What such settings would have raised; changes nothing. */
export const backtest = (settings: SurveillanceChange['settings']) =>
  ask({
    path: '/surveillance/backtest',
    method: 'POST',
    body: { settings },
    answer: 'BacktestResponse',
  });

export const fetchChannels = (signal?: AbortSignal) =>
  ask({ path: '/channels', answer: 'ChannelsResponse', signal });

export const addChannel = (body: ChannelRequest) =>
  ask({ path: '/channels', method: 'POST', body, answer: 'ChannelMade' });

/** Without `url` the address stays as it is. */
export const changeChannel = (id: string, body: ChannelRequest) =>
  ask({ path: `/channels/${one(id)}`, method: 'PUT', body, answer: 'ChannelMade' });

export const removeChannel = (id: string) =>
  ask({ path: `/channels/${one(id)}`, method: 'DELETE', answer: 'ChannelsResponse' });

/** Puts a test into the outbox; `fetchDeliveries` tells how it goes. */
export const testChannel = (id: string) =>
  ask({ path: `/channels/${one(id)}/test`, method: 'POST', answer: 'Delivery' });

export const fetchDeliveries = (signal?: AbortSignal) =>
  ask({ path: '/deliveries', query: { limit: 200 }, answer: 'DeliveriesResponse', signal });

/** Tries a dead one again, under the same id. */
export const retryDelivery = (id: string) =>
  ask({ path: `/deliveries/${one(id)}/retry`, method: 'POST', answer: 'Delivery' });
