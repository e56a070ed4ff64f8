import { json, type Router } from 'express';
import { annotations, byHand } from '../../db/queries/annotations.ts';
import { addAnnotation, removeAnnotation } from '../../db/store/annotations.ts';
import { settingDefaults } from '../../db/store/settings.ts';
import {
  type Annotation,
  AnnotationIdParameter,
  AnnotationRequest,
  AnnotationsQuery,
  type AnnotationsResponse,
} from '../contract/annotations.ts';
import { AppError } from '../errors.ts';
import { NoQuery, readBody, readPath, readQuery } from '../query.ts';
import { type ApiDeps, noStore, servedTenant } from './deps.ts';

/** Dated notes for charts. Authors are typed in, so the answers are kept nowhere. */
export function annotationRoutes(api: Router, deps: ApiDeps): void {
  const { store, log } = deps;

  api.get('/annotations', noStore, async (req, res) => {
    const period = readQuery(req, AnnotationsQuery);
    const { id: tenantId, timeZone } = await servedTenant(deps);
    const defaults = settingDefaults({ timeZone: deps.timeZone });
    const found = await annotations(store, { tenantId, timeZone, defaults, ...period });
    res.json({ annotations: found } satisfies AnnotationsResponse);
  });

  api.post('/annotations', noStore, json({ limit: '16kb' }), async (req, res) => {
    readQuery(req, NoQuery);
    const { lastDay = null, ...note } = readBody(req, AnnotationRequest);
    const { id: tenantId } = await servedTenant(deps);
    if (tenantId === 0)
      throw new AppError('conflict', 'Notes can be written once the first collection has begun.');
    const kept = await addAnnotation(store, tenantId, { ...note, lastDay }, deps.now());
    log.info('note written', { kind: note.kind });
    if (note.kind === 'campaign') deps.settingsChanged(); // the forecast knows campaigns
    res.json(byHand(kept) satisfies Annotation);
  });

  api.delete('/annotations/:id', noStore, async (req, res) => {
    const id = readPath(req, 'id', AnnotationIdParameter);
    readQuery(req, NoQuery);
    const { id: tenantId } = await servedTenant(deps);
    const gone = await removeAnnotation(store, tenantId, id);
    if (!gone) throw new AppError('not_found', 'There is no note with this id.');
    log.info('note removed', { kind: gone.kind });
    if (gone.kind === 'campaign') deps.settingsChanged();
    res.json(byHand(gone) satisfies Annotation);
  });
}
