import { DONE, error, INVALID, MISSING, type Sequence } from './step.ts';

const create = 'registered-models/create';
const get = 'registered-models/get';

export const ENCODING: readonly Sequence[] = [
  {
    name: 'addresses that are not there, and methods that they do not take',
    steps: [
      {
        does: 'unknown',
        method: 'GET',
        path: '/nowhere',
        expect: { status: 404, type: /^text\/html/ },
      },
      {
        does: 'a slash too many',
        method: 'GET',
        path: `${get}/`,
        query: { name: 'x' },
        expect: { status: 404, type: /^text\/html/ },
      },
      {
        does: 'the wrong method',
        method: 'GET',
        path: create,
        expect: { status: 405, type: /^text\/html/ },
      },
      {
        does: 'search by POST',
        method: 'POST',
        path: 'registered-models/search',
        json: {},
        expect: { status: 405 },
      },
      { does: 'health', method: 'GET', path: '/health', expect: { status: 200, text: /^OK$/ } },
      {
        does: 'version',
        method: 'GET',
        path: '/version',
        expect: { status: 200, text: /^\d+\.\d+\.\d+/ },
      },
      {
        does: 'what the server is',
        method: 'GET',
        path: '/api/3.0/mlflow/server-info',
        expect: { status: 200, has: { workspaces_enabled: false } },
        differs: { 'mlflow-2.22.5': { status: 404, why: 'it came with workspaces' } },
      },
      {
        does: 'logged models',
        method: 'GET',
        path: 'logged-models/m-00000000000000000000000000000000',
        expect: MISSING,
        differs: {
          embedded: { status: 501, code: 'NOT_IMPLEMENTED', why: 'it has none, and says so' },
          'mlflow-2.22.5': { status: 404, why: 'they came with 3.0' },
        },
      },
    ],
  },
  {
    name: 'both prefixes',
    steps: [
      {
        does: 'create',
        method: 'POST',
        path: `/ajax-api/2.0/mlflow/${create}`,
        json: { name: '<m>' },
        expect: { status: 200 },
      },
      {
        does: 'get',
        method: 'GET',
        path: `/ajax-api/2.0/mlflow/${get}`,
        query: { name: '<m>' },
        expect: { status: 200, has: { registered_model: { name: '<m>' } } },
      },
    ],
  },
  {
    name: 'bodies',
    steps: [
      {
        does: 'no type',
        method: 'POST',
        path: create,
        raw: '{"name":"<m>"}',
        headers: { 'content-type': 'text/plain' },
        expect: INVALID,
      },
      {
        does: 'a type with more to it',
        method: 'POST',
        path: create,
        raw: '{"name":"<m>"}',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        expect: { status: 200 },
      },
      {
        does: 'no JSON is nothing',
        method: 'POST',
        path: create,
        raw: '{"name":',
        headers: { 'content-type': 'application/json' },
        expect: error(
          400,
          'INVALID_PARAMETER_VALUE',
          /Missing value for required parameter 'name'/,
        ),
      },
      {
        does: 'encoded twice',
        method: 'POST',
        path: create,
        json: '{"name":"<m>2"}',
        expect: { status: 200, has: { registered_model: { name: '<m>2' } } },
      },
      {
        does: 'unknown fields are left alone',
        method: 'POST',
        path: create,
        json: { name: '<m>3', unknown: [1] },
        expect: { status: 200 },
      },
      {
        does: 'null is nothing',
        method: 'POST',
        path: create,
        json: { name: null },
        expect: INVALID,
      },
      {
        does: 'a name that is a number',
        method: 'POST',
        path: create,
        json: { name: 5 },
        expect: error(
          400,
          'INVALID_PARAMETER_VALUE',
          /^Invalid value 5 for parameter 'name' supplied: .*'int'/,
        ),
      },
      {
        does: 'camel case',
        method: 'PATCH',
        path: 'registered-models/update',
        json: { name: '<m>3', deploymentJobId: 'x', description: 'd' },
        expect: { status: 200 },
      },
      {
        does: 'both spellings',
        method: 'POST',
        path: create,
        json: { name: '<m>4', deployment_job_id: 'a', deploymentJobId: 'b' },
        expect: error(
          400,
          'INVALID_PARAMETER_VALUE',
          /both 'deployment_job_id' and 'deploymentJobId'/,
        ),
        differs: { 'mlflow-2.22.5': { status: 200, why: 'one of them wins there' } },
      },
      {
        does: 'a list instead of an object',
        method: 'POST',
        path: create,
        json: [1],
        expect: INVALID,
        differs: {
          'mlflow-3.17.2': { status: 500, why: 'it fails inside' },
          'mlflow-2.22.5': { status: 500, why: 'it fails inside' },
        },
      },
      {
        does: 'a tag whose value is a number',
        method: 'POST',
        path: create,
        json: { name: '<m>5', tags: [{ key: 'a', value: 5 }] },
        expect: INVALID,
        differs: {
          'mlflow-3.17.2': { status: 200, why: 'the value is lost there' },
          'mlflow-2.22.5': { status: 200, why: 'the value is lost there' },
        },
      },
      {
        does: 'PATCH of whatever type',
        method: 'PATCH',
        path: 'registered-models/update',
        raw: '{"name":"<m>","description":"x"}',
        headers: { 'content-type': 'text/plain' },
        expect: { status: 200 },
      },
      {
        does: 'DELETE does not look at the query',
        method: 'DELETE',
        path: 'registered-models/delete',
        query: { name: '<m>' },
        expect: INVALID,
      },
      {
        does: 'DELETE with a body',
        method: 'DELETE',
        path: 'registered-models/delete',
        json: { name: '<m>' },
        expect: DONE,
      },
    ],
  },
  {
    name: 'answers',
    steps: [
      {
        does: 'beyond ASCII it escapes, over several lines',
        method: 'POST',
        path: create,
        json: { name: '<m>é\u{1f600}' },
        expect: {
          status: 200,
          has: { registered_model: { name: '<m>é\u{1f600}' } },
          text: /^\{\n {2}"registered_model": \{\n {4}"name": "[^"]*\\u00e9\\ud83d\\ude00"/,
          type: /^application\/json/,
        },
      },
      {
        does: 'of a query that says it twice the first counts',
        method: 'GET',
        path: get,
        query: { name: ['<m>é\u{1f600}', 'x'] },
        expect: { status: 200 },
      },
      {
        does: 'errors are one line',
        method: 'GET',
        path: get,
        query: { name: 'no<m>' },
        expect: {
          ...MISSING,
          text: /^\{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Registered Model with name=no\w+ not found"/,
        },
      },
      {
        does: 'an empty name in a query',
        method: 'GET',
        path: get,
        query: { name: '' },
        expect: INVALID,
      },
      { does: 'no query at all', method: 'GET', path: get, expect: INVALID },
    ],
  },
];
